export {
  defineJob,
  TenantQueue,
  type JobDefinition,
  type JobHandler,
  type JobOptions,
  type JobRun,
} from './tenant-queue.js';
