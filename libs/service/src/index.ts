export { Broadcast, type BroadcastPayload, type BroadcastTopic } from './broadcast.js';
export { admit } from './contract-routes.js';
export { Endpoint, Input, type InputOf, type ResultOf } from './endpoint.decorator.js';
export { readInstances, type ServiceInstance } from './instance-beacon.js';
export { startInternalServer, type InternalServer, type Observed } from './internal-server.js';
export { platformConfig, PlatformConfig } from './platform.config.js';
export { asDomainError, problemOf, scimErrorOf, spokenError, statusOfKind } from './problem.js';
export {
  erasePersonalRecords,
  readPersonalRecords,
  type PersonalRecord,
  type PersonalRecords,
} from './personal-records.js';
export { Readiness, type ReadinessCheck } from './readiness.js';
export { rememberedAnswers } from './remembered-answers.js';
export {
  Download,
  Reply,
  withCookies,
  withETag,
  cookieHeader,
  type Cookie,
  type DownloadOptions,
  type ReplyOptions,
} from './reply.js';
export { ServiceClient, type Downloaded, type ServiceUrls } from './service-client.js';
export { ServiceLogger } from './service-logger.js';
export { serviceUrlsOf } from './service-urls.js';
export { defineService, type ServiceDefinition, type ServiceMigrations } from './service-definition.js';
export { runService } from './run-service.js';
export { startService, type RunningService } from './start-service.js';
export { untilStopped } from './until-stopped.js';
