export { TestService, type Caller } from './test-service.js';
export { TestPlatform } from './test-platform.js';
