export { TenantQueueModule, type TenantQueueModuleOptions } from './tenant-queue.module.js';
export {
  defineJob,
  TenantQueue,
  type JobDefinition,
  type JobHandler,
  type JobOptions,
  type JobRun,
} from './tenant-queue.js';
