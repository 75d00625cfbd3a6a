import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own words as our JSON lines; its chatter about start-up is debugging detail. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ nest: context }, String(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ nest: context }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    if (message instanceof Error) this.logger.error({ err: message, details }, message.message);
    else this.logger.error({ details }, String(message));
  }
}
