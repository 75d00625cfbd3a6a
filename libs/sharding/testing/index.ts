export { FakeShardDirectory } from './fake-shard-directory.js';
export { testShard, type TestShard, type TestShardOptions } from './test-shard.js';
