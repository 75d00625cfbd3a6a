export { TestService, type Answer, type Caller } from './test-service.js';
export { loginAs, TestPlatform } from './test-platform.js';
