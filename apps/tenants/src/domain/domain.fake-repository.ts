import { DomainTaken } from './domain.errors.js';
import { DomainRepository } from './domain.repository.js';
import type { Domain } from './domain.js';

export class FakeDomainRepository extends DomainRepository {
  readonly rows = new Map<string, Domain>();

  async ofTenant(tenantId: string): Promise<Domain[]> {
    return [...this.rows.values()].filter((domain) => domain.tenantId === tenantId);
  }

  async lock(host: string): Promise<Domain | null> {
    return this.rows.get(host) ?? null;
  }

  async insert(domain: Domain): Promise<void> {
    if (this.rows.has(domain.host)) throw new DomainTaken(domain.host);
    this.rows.set(domain.host, domain);
  }

  async save(domain: Domain): Promise<void> {
    this.rows.set(domain.host, domain);
  }

  async remove(host: string): Promise<void> {
    this.rows.delete(host);
  }

  async due(before: Date): Promise<Domain[]> {
    return [...this.rows.values()].filter(
      ({ kind, state, lastCheckedAt }) =>
        kind === 'custom' && state !== 'pending' && lastCheckedAt !== null && lastCheckedAt < before,
    );
  }
}
