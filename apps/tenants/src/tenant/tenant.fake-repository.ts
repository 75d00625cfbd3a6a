import { SlugTaken, TenantUnknown } from './tenant.errors.js';
import { TenantRepository } from './tenant.repository.js';
import type { Tenant } from './tenant.js';

export class FakeTenantRepository extends TenantRepository {
  private readonly rows = new Map<string, Tenant>();

  constructor(...tenants: Tenant[]) {
    super();
    for (const tenant of tenants) this.rows.set(tenant.id, tenant);
  }

  async find(handle: string): Promise<Tenant | null> {
    const all = [...this.rows.values()].filter(({ status }) => status !== 'deleted');
    return all.find(({ id, slug }) => id === handle || slug === handle) ?? null;
  }

  async lock(handle: string): Promise<Tenant> {
    const tenant = await this.find(handle);
    if (tenant === null) throw new TenantUnknown();
    return tenant;
  }

  async insert(tenant: Tenant): Promise<void> {
    if ([...this.rows.values()].some(({ slug }) => slug === tenant.slug)) throw new SlugTaken(tenant.slug);
    this.rows.set(tenant.id, tenant);
  }

  async save(tenant: Tenant): Promise<void> {
    this.rows.set(tenant.id, tenant);
  }

  async saveSize(id: string, size: number): Promise<void> {
    this.rows.set(id, { ...(await this.lock(id)), size });
  }

  async countedBefore(): Promise<string[]> {
    return [...this.rows.keys()];
  }
}
