export { loadConfig, processEnvironment, ConfigError, type Environment } from './load-config.js';
export { flag, jsonOf, port, secret32, url } from './schemas.js';
