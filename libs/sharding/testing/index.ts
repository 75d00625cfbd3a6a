export { FakeShardDirectory } from './fake-shard-directory.js';
export { loginAs } from './login-as.js';
export { testShard, type TestShard, type TestShardOptions } from './test-shard.js';
