export { ApiUsageRecorder, requestsOfDays, requestsOfMonth } from './api-usage.js';
export { createLogger, type LoggerOptions, type LogPlace } from './logger.js';
export { oneReading } from './one-reading.js';
export {
  exposition,
  processMetrics,
  ServiceMetrics,
  type GaugeSpec,
  type HistogramSpec,
  type ObservedRequest,
} from './service-metrics.js';
export { OTHER, TenantLabels } from './tenant-labels.js';
export { TenantRequests } from './tenant-requests.js';
