import type { Role, Tier } from '#libs/contracts';
import type { TenantRef } from '#libs/tenancy';

export type ShardState = 'open' | 'closed' | 'draining' | 'gone';

export interface Shard {
  readonly name: string;
  readonly tier: Tier;
  /** Without a login: that is the reader's own. */
  readonly url: string;
  readonly state: ShardState;
}

/** Where a tenant lives. A transaction names the epoch; the shard refuses an old one. */
export interface Placement {
  readonly tenantId: string;
  readonly shard: string;
  readonly tier: Tier;
  readonly url: string;
  readonly epoch: number;
  readonly state: 'active' | 'moving';
}

/** A tenant as the directory shows it to every service. `branding` and `settings` are the tenants service's to define. */
export interface DirectoryTenant extends TenantRef {
  readonly branding: unknown;
  readonly settings: unknown;
}

export interface ApiKeyRoute {
  readonly prefix: string;
  readonly tenantId: string;
  readonly hash: Buffer;
  readonly scopes: readonly string[];
  readonly role: Role;
  readonly revoked: boolean;
  readonly expiresAt: Date | null;
}

/** A custom host that is proved to be a tenant's. */
export interface TenantHost {
  readonly host: string;
  readonly tenantId: string;
}

/** A host that somebody claims and that does not lead to him: not proved yet, or not any more. */
export interface HostClaim {
  readonly tenantId: string;
  readonly state: 'pending' | 'lapsed';
}

/**
 * What every process knows of all tenants: the directory in memory, followed by change number. Lookups touch the
 * network only for a key that is unknown; a directory that is down leaves the last known state in force, which is
 * safe because the fence of the shard, not this map, decides whether a transaction may run.
 */
export abstract class ShardDirectory {
  /** @throws DomainError `tenant.not_found`, `directory.unavailable` */
  abstract placement(tenantId: string): Promise<Placement>;
  /** As `placement`, after catching up with the directory. */
  abstract refresh(tenantId: string): Promise<Placement>;
  abstract tenantById(id: string): Promise<DirectoryTenant | null>;
  abstract tenantBySlug(slug: string): Promise<DirectoryTenant | null>;
  /** By a host that is proved to be the tenant's, in lower case and without a port. */
  abstract tenantByHost(host: string): Promise<DirectoryTenant | null>;
  /** A custom host that is known and leads nowhere now; null for all others. */
  abstract hostClaim(host: string): Promise<HostClaim | null>;
  abstract apiKey(prefix: string): Promise<ApiKeyRoute | null>;
  /** Every shard that holds or may hold tenants. */
  abstract shards(): Promise<readonly Shard[]>;
  /** Every tenant that is placed, as known now. */
  abstract tenants(): Promise<readonly DirectoryTenant[]>;
  /** Every custom host that leads to a tenant, as known now. */
  abstract hosts(): Promise<readonly TenantHost[]>;
  /** Calls back with the id of each tenant that changed. Returns how to stop. */
  abstract onChange(listener: (tenantId: string) => void): () => void;
  /** Somebody says that the tenant changed: look soon. May be lost; the poll finds it too. */
  abstract hint(tenantId: string): void;
  abstract close(): Promise<void>;
}
