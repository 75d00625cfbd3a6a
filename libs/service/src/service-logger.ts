import type { Logger } from 'pino';

/** The service's logger as an injection token: JSON lines with service, tenant and request id. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-extraneous-class -- an injection token that has the type of what is injected
export abstract class ServiceLogger {}
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type -- its other half
export interface ServiceLogger extends Logger {}
