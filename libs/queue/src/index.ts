export { QueueInspector, type GivenUpJob, type QueueCounts } from './queue-inspector.js';
export { TenantQueueModule, type TenantQueueModuleOptions } from './tenant-queue.module.js';
export { TenantTimer, type TenantTimerOptions } from './tenant-timer.js';
export {
  defineJob,
  TenantQueue,
  type JobDefinition,
  type JobHandler,
  type JobOptions,
  type JobRun,
} from './tenant-queue.js';
