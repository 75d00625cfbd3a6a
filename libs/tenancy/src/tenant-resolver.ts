import { DomainError } from '#libs/kernel';
import type { TenantRef } from './request-context.js';

/** Where a request may name its tenant, the weightiest first. */
export const tenantSources = ['subdomain', 'customDomain', 'apiKey', 'token'] as const;
export type TenantSource = (typeof tenantSources)[number];

/** The tenant ids that a request names. Absent: that source says nothing; null: it names an academy nobody knows. */
export type NamedTenants = Readonly<Partial<Record<TenantSource, string | null>>>;

/**
 * The one tenant that all present sources agree on.
 * @throws DomainError `tenant.not_found` when none is named, or the weightiest names an unknown one
 * @throws DomainError `tenant.mismatch` when two sources name different tenants
 */
export function agreedTenantId(named: NamedTenants): string {
  let agreed: string | undefined;
  for (const source of tenantSources) {
    const id = named[source];
    if (id === undefined) continue;
    if (agreed === undefined) {
      if (id === null) break;
      agreed = id;
    } else if (id !== agreed) {
      throw new DomainError('forbidden', 'tenant.mismatch', 'This credential belongs to another academy.');
    }
  }
  if (agreed === undefined) throw tenantNotFound();
  return agreed;
}

/** @throws DomainError unless the tenant is there and open to its people. */
export function requireServing(tenant: TenantRef | null): TenantRef {
  if (tenant?.status === 'active') return tenant;
  if (tenant?.status !== 'suspended') throw tenantNotFound();
  throw new DomainError('forbidden', 'tenant.suspended', 'This academy is suspended. Ask its administrator.');
}

/** Finds tenants for the resolver. Answers come from memory most of the time. */
export abstract class TenantLookup {
  abstract byId(id: string): Promise<TenantRef | null>;
  /** By a subdomain's slug. */
  abstract bySlug(slug: string): Promise<TenantRef | null>;
  /** By a custom domain whose proof holds. */
  abstract byCustomDomain(host: string): Promise<TenantRef | null>;
}

function tenantNotFound(): DomainError {
  return new DomainError('not_found', 'tenant.not_found', 'No academy is known at this address.');
}
