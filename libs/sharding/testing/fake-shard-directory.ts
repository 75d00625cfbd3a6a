import { DomainError } from '#libs/kernel';
import {
  ShardDirectory,
  type ApiKeyRoute,
  type DirectoryTenant,
  type HostClaim,
  type Placement,
  type Shard,
  type TenantHost,
} from '#libs/sharding';
import type { TenantRef } from '#libs/tenancy';

/** A directory that holds what a test puts into it. */
export class FakeShardDirectory extends ShardDirectory {
  readonly placements = new Map<string, Placement>();
  readonly tenantsById = new Map<string, DirectoryTenant>();
  readonly tenantIdByHost = new Map<string, string>();
  readonly claims = new Map<string, HostClaim>();
  readonly keys = new Map<string, ApiKeyRoute>();
  readonly shardList: Shard[] = [];
  /** What `refresh` finds that `placement` does not know yet. */
  readonly moved = new Map<string, Placement>();
  refreshes = 0;
  private readonly listeners = new Set<(tenantId: string) => void>();

  add(tenant: TenantRef, shard: Shard, epoch = 1): void {
    this.tenantsById.set(tenant.id, { branding: {}, settings: {}, ...tenant });
    const { name, tier, url } = shard;
    this.placements.set(tenant.id, { tenantId: tenant.id, shard: name, tier, url, epoch, state: 'active' });
    if (!this.shardList.some((known) => known.name === name)) this.shardList.push(shard);
    for (const listener of this.listeners) listener(tenant.id);
  }

  async placement(tenantId: string): Promise<Placement> {
    const placement = this.placements.get(tenantId);
    if (placement === undefined) throw new DomainError('not_found', 'tenant.not_found', 'No such tenant.');
    return placement;
  }

  async refresh(tenantId: string): Promise<Placement> {
    this.refreshes += 1;
    const moved = this.moved.get(tenantId);
    if (moved !== undefined) this.placements.set(tenantId, moved);
    return this.placement(tenantId);
  }

  async tenantById(id: string): Promise<DirectoryTenant | null> {
    return this.tenantsById.get(id) ?? null;
  }

  async tenantBySlug(slug: string): Promise<DirectoryTenant | null> {
    return [...this.tenantsById.values()].find((tenant) => tenant.slug === slug) ?? null;
  }

  async hostClaim(host: string): Promise<HostClaim | null> {
    return this.claims.get(host) ?? null;
  }

  async tenantByHost(host: string): Promise<DirectoryTenant | null> {
    return this.tenantById(this.tenantIdByHost.get(host) ?? '');
  }

  async apiKey(prefix: string): Promise<ApiKeyRoute | null> {
    return this.keys.get(prefix) ?? null;
  }

  async shards(): Promise<readonly Shard[]> {
    return this.shardList;
  }

  async tenants(): Promise<readonly DirectoryTenant[]> {
    return [...this.tenantsById.values()];
  }

  async hosts(): Promise<readonly TenantHost[]> {
    return [...this.tenantIdByHost].map(([host, tenantId]) => ({ host, tenantId }));
  }

  onChange(listener: (tenantId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  hint(): void {
    // Always up to date.
  }

  async close(): Promise<void> {
    this.listeners.clear();
  }
}
