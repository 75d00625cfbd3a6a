import type { ServerResponse } from 'node:http';
import { DomainError } from '#libs/kernel';

export interface TenantTrafficOptions {
  /** Requests of one tenant that may be under way at once, in this replica. */
  readonly concurrency: number;
  /** Hears of each answer: route template, status. */
  readonly answered: (tenantId: string, endpoint: string, status: number) => void;
}

/** Nginx's number for a client that left before it was answered. */
const CLIENT_LEFT = 499;

/** What each tenant has under way, and what came of it. One tenant's slow requests must not take all the room. */
export class TenantTraffic {
  private readonly underWay = new Map<string, number>();

  constructor(private readonly options: TenantTrafficOptions) {}

  /** Counts the request until its answer has ended. @throws DomainError `limit.concurrency_exceeded` */
  enter(tenantId: string, endpoint: string, response: ServerResponse): void {
    const others = this.underWay.get(tenantId) ?? 0;
    this.underWay.set(tenantId, others + 1);
    response.once('close', () => {
      this.leave(tenantId);
      this.options.answered(tenantId, endpoint, response.headersSent ? response.statusCode : CLIENT_LEFT);
    });
    if (others < this.options.concurrency) return;
    throw new DomainError(
      'rate_limited',
      'limit.concurrency_exceeded',
      'Too many requests at once. Try again.',
      {
        retryAfterSeconds: 1,
      },
    );
  }

  private leave(tenantId: string): void {
    const left = (this.underWay.get(tenantId) ?? 1) - 1;
    if (left > 0) this.underWay.set(tenantId, left);
    else this.underWay.delete(tenantId);
  }
}
