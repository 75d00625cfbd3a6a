import type { Plan, Role, TenantStatus, Tier } from '#libs/contracts';
import type {
  ApiKeyRoute,
  DirectoryTenant,
  HostClaim,
  Placement,
  Shard,
  ShardState,
  TenantHost,
} from './shard-directory.js';

/** A row of the view directory.routes. */
export interface RouteRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: Plan;
  readonly status: TenantStatus;
  readonly branding: unknown;
  readonly settings: unknown;
  readonly shard: string;
  readonly tier: Tier;
  readonly url: string;
  readonly epoch: string;
  readonly state: 'active' | 'moving';
}

/** A row of the view directory.hosts. */
export interface HostRow {
  readonly host: string;
  readonly tenant_id: string;
  readonly state: 'pending' | 'verified' | 'lapsed' | 'removed';
}

/** A row of the view directory.key_routes; a key that is gone has the role `none`. */
export interface KeyRow {
  readonly prefix: string;
  readonly tenant_id: string;
  readonly hash: Buffer;
  readonly scopes: readonly string[];
  readonly role: Role | 'none';
  readonly revoked_at: Date | null;
  readonly expires_at: Date | null;
}

/** A row of the view directory.shard_routes. */
export interface ShardRow {
  readonly name: string;
  readonly tier: Tier;
  readonly url: string;
  readonly state: ShardState;
}

interface Route {
  readonly tenant: DirectoryTenant;
  readonly placement: Placement;
}

/** The directory in memory: four maps, changed row by row. */
export class DirectoryMap {
  private readonly routes = new Map<string, Route>();
  private readonly idBySlug = new Map<string, string>();
  private readonly idByHost = new Map<string, string>();
  private readonly claimByHost = new Map<string, HostClaim>();
  private readonly keys = new Map<string, ApiKeyRoute>();
  private readonly shardByName = new Map<string, Shard>();

  applyRoute({ shard, tier, url, epoch, state, branding, settings, ...tenant }: RouteRow): string {
    const before = this.routes.get(tenant.id)?.tenant.slug;
    if (before !== undefined && before !== tenant.slug && this.idBySlug.get(before) === tenant.id) {
      this.idBySlug.delete(before);
    }
    const { id, slug, name, plan, status } = tenant;
    if (status === 'deleted') {
      if (this.idBySlug.get(slug) === id) this.idBySlug.delete(slug);
    } else this.idBySlug.set(slug, id);
    this.routes.set(id, {
      tenant: { id, slug, name, plan, status, branding, settings },
      placement: { tenantId: id, shard, tier, url, epoch: Number(epoch), state },
    });
    return id;
  }

  applyHost({ host, tenant_id: tenantId, state }: HostRow): string {
    if (state === 'verified') this.idByHost.set(host, tenantId);
    else this.idByHost.delete(host);
    if (state === 'pending' || state === 'lapsed') this.claimByHost.set(host, { tenantId, state });
    else this.claimByHost.delete(host);
    return tenantId;
  }

  applyKey(row: KeyRow): string {
    const { prefix, tenant_id: tenantId, hash, scopes, role } = row;
    if (role === 'none') this.keys.delete(prefix);
    else {
      const revoked = row.revoked_at !== null;
      this.keys.set(prefix, { prefix, tenantId, hash, scopes, role, revoked, expiresAt: row.expires_at });
    }
    return tenantId;
  }

  applyShard({ name, tier, url, state }: ShardRow): void {
    this.shardByName.set(name, { name, tier, url, state });
  }

  placement(tenantId: string): Placement | undefined {
    return this.routes.get(tenantId)?.placement;
  }

  tenantById(id: string): DirectoryTenant | undefined {
    return this.routes.get(id)?.tenant;
  }

  tenantBySlug(slug: string): DirectoryTenant | undefined {
    return this.tenantById(this.idBySlug.get(slug) ?? '');
  }

  hostClaim(host: string): HostClaim | undefined {
    return this.claimByHost.get(host);
  }

  tenantByHost(host: string): DirectoryTenant | undefined {
    return this.tenantById(this.idByHost.get(host) ?? '');
  }

  apiKey(prefix: string): ApiKeyRoute | undefined {
    return this.keys.get(prefix);
  }

  tenants(): DirectoryTenant[] {
    return [...this.routes.values()].map(({ tenant }) => tenant);
  }

  hosts(): TenantHost[] {
    return [...this.idByHost].map(([host, tenantId]) => ({ host, tenantId }));
  }

  shards(): Shard[] {
    return [...this.shardByName.values()];
  }
}
