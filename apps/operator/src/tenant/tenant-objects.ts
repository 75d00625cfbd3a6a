import type { Plan } from '#libs/contracts';
import type { Tenant, TenantSpec, TenantStatus } from './tenant.js';

/** The objects of tenants in the cluster. Writes nothing that is so already. */
export abstract class TenantObjects {
  abstract get(slug: string): Tenant | undefined;
  abstract create(slug: string, spec: TenantSpec): Promise<void>;
  /** Puts our finalizer on it. */
  abstract hold(tenant: Tenant): Promise<void>;
  /** Takes our finalizer off it. */
  abstract let(tenant: Tenant): Promise<void>;
  /** @throws when somebody has changed it meanwhile */
  abstract change(tenant: Tenant, spec: Partial<TenantSpec>): Promise<void>;
  abstract say(tenant: Tenant, status: TenantStatus): Promise<void>;
  /** Tells people, as an Event; not to be waited for. */
  abstract tell(tenant: Tenant, reason: string, message: string): void;
  /** The namespace of a dedicated tenant with what its plan allows there. Answers its name. */
  abstract ensureResources(slug: string, plan: Plan, residency: string | undefined): Promise<string>;
  /** Takes the limits away. The namespace stays: it may hold a database. */
  abstract removeResources(slug: string): Promise<void>;
}
