import type { Logger } from 'pino';

/** The service's logger as an injection token: JSON lines with service, tenant and request id. */
export abstract class ServiceLogger {}
export interface ServiceLogger extends Logger {}
