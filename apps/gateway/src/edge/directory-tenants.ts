import type { DirectoryTenant, HostClaim, ShardDirectory } from '#libs/sharding';
import { TenantLookup } from '#libs/tenancy';
import type { Host } from './host.js';

/** Tenants as the directory knows them, in memory. */
export class DirectoryTenants extends TenantLookup {
  constructor(
    private readonly directory: Pick<
      ShardDirectory,
      'hostClaim' | 'tenantById' | 'tenantByHost' | 'tenantBySlug'
    >,
  ) {
    super();
  }

  async byId(id: string): Promise<DirectoryTenant | null> {
    return this.directory.tenantById(id);
  }

  async bySlug(slug: string): Promise<DirectoryTenant | null> {
    return this.directory.tenantBySlug(slug);
  }

  async byCustomDomain(host: string): Promise<DirectoryTenant | null> {
    return this.directory.tenantByHost(host);
  }

  /** Who claims a custom host that leads nowhere now. */
  async claimOf(host: Host): Promise<HostClaim | null> {
    return host.kind === 'custom' ? this.directory.hostClaim(host.name) : null;
  }

  /** Null: nobody's. Undefined: the host is none of a tenant. */
  async ofHost(host: Host): Promise<DirectoryTenant | null | undefined> {
    if (host.kind === 'subdomain') return this.bySlug(host.slug);
    return host.kind === 'custom' ? this.byCustomDomain(host.name) : undefined;
  }
}
