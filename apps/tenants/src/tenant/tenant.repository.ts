import type { Tenant } from './tenant.js';

export abstract class TenantRepository {
  /** By id or slug; deleted ones are not found. */
  abstract find(handle: string): Promise<Tenant | null>;

  /** As `find`, and nobody else changes the tenant until the transaction ends. @throws TenantUnknown */
  abstract lock(handle: string): Promise<Tenant>;

  /** @throws SlugTaken, also when the other one is only just being created */
  abstract insert(tenant: Tenant): Promise<void>;

  abstract save(tenant: Tenant): Promise<void>;

  /** The number of active users; no router reads it, so it takes no part in the directory's numbering. */
  abstract saveSize(id: string, size: number, countedAt: Date): Promise<void>;

  /** Ids of tenants in use whose size was last counted before `before`, or never; the oldest first. */
  abstract countedBefore(before: Date, limit: number): Promise<string[]>;
}
