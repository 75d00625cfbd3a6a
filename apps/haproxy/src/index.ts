export { CertificateKeeper } from './certificates/certificate-keeper.js';
export { FolderCertificateSource } from './certificates/folder.certificate-source.js';
export { EdgeKeeper } from './edge-keeper.js';
export { EdgeMetrics } from './edge-metrics.js';
export { MapFiles } from './maps/map-files.js';
export { MapKeeper } from './maps/map-keeper.js';
export { RuntimeApi } from './runtime/runtime-api.js';
