import { termsOf } from '#libs/entitlements';
import type { DirectoryTenant, TenantHost } from '#libs/sharding';

/** The maps that HAProxy asks, by the names of their files. */
export const mapNames = ['hosts', 'limits', 'pools'] as const;
export type MapName = (typeof mapNames)[number];
export type DesiredMaps = Readonly<Record<MapName, ReadonlyMap<string, string>>>;

export interface EdgeTerms {
  readonly baseDomain: string;
  /** How many HAProxies share the requests. */
  readonly replicas: number;
  /** Requests in ten seconds besides a minute of the plan. */
  readonly pageRequests: number;
}

interface KnownTenants {
  readonly tenants: readonly Pick<DirectoryTenant, 'id' | 'slug' | 'plan' | 'status'>[];
  readonly hosts: readonly TenantHost[];
}

/**
 * What the edge has to know of all academies: whose a host is, how many requests an academy may send in ten seconds
 * (a whole minute of its plan at once, and its pages), and which gateways answer it.
 */
export function desiredMaps({ tenants, hosts }: KnownTenants, terms: EdgeTerms): DesiredMaps {
  const there = new Set<string>();
  const maps = {
    hosts: new Map<string, string>(),
    limits: new Map<string, string>(),
    pools: new Map<string, string>(),
  };
  for (const { id, slug, plan, status } of tenants) {
    if (status === 'deleted') continue;
    there.add(id);
    maps.hosts.set(`${slug}.${terms.baseDomain}`, id);
    const { requestsPerMinute } = termsOf(plan).limits;
    if (requestsPerMinute !== null) {
      maps.limits.set(id, String(Math.ceil((requestsPerMinute + terms.pageRequests) / terms.replicas)));
    }
    if (plan === 'enterprise') maps.pools.set(id, 'enterprise');
  }
  for (const { host, tenantId } of hosts) if (there.has(tenantId)) maps.hosts.set(host, tenantId);
  return maps;
}
