import type { Domain } from './domain.js';

export abstract class DomainRepository {
  /** The subdomain first, then by host. */
  abstract ofTenant(tenantId: string): Promise<Domain[]>;

  /** Of any tenant, locked until the transaction ends. */
  abstract lock(host: string): Promise<Domain | null>;

  /** @throws DomainTaken, also when the other claim is only just being made */
  abstract insert(domain: Domain): Promise<void>;

  abstract save(domain: Domain): Promise<void>;

  abstract remove(host: string): Promise<void>;

  /** Custom domains, verified or lapsed, that were last checked before `before`. */
  abstract due(before: Date, limit: number): Promise<Domain[]>;
}
