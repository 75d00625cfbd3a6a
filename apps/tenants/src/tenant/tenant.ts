import type { Plan, TenantStatus } from '#libs/contracts';
import type { TenantSettings } from '#libs/contracts/tenants';
import type { TenantRef } from '#libs/tenancy';
import type { Branding } from '../branding/branding.js';

/** An organisation on the platform, as the directory knows it. */
export interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: Plan;
  readonly status: TenantStatus;
  /** Active users at the last count. */
  readonly size: number;
  readonly branding: Branding;
  readonly settings: TenantSettings;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Grows with every change; the ETag. */
  readonly version: number;
}

export const usualSettings: TenantSettings = { registration: 'invite', emailDomains: [], locale: 'en' };

/** The next version of a tenant. */
export function changed(tenant: Tenant, change: Partial<Tenant>, now: Date): Tenant {
  return { ...tenant, ...change, updatedAt: now, version: tenant.version + 1 };
}

export function refOf({ id, slug, name, plan, status }: Tenant): TenantRef {
  return { id, slug, name, plan, status };
}

/** `base` with the fields of `patch` that are there. */
export function merged<T extends object>(base: T, patch: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) };
}
