import { loginRoles } from '#libs/database';

/** What the laws of a tenant table do not hold for, and why. Everything else in a shard obeys. */
export interface CatalogAllowances {
  /** Roles that processes sign in as: powerless, owners of nothing, members of nothing. */
  readonly loginRoles: readonly string[];
  /** The role whose way to the rows row-level security is. */
  readonly app: string;
  readonly owner: string;
  /** Tables about a shard, not about a tenant. `migrations` of any schema is one too. */
  readonly withoutTenant: readonly string[];
  /** Tables about all tenants that only functions of the owner touch: nobody is granted anything on them. */
  readonly closed: readonly string[];
  /** Functions that run as the owner. */
  readonly definers: readonly string[];
  /** `table role` pairs where a role other than the application may look at all tenants: ids, positions, sums. */
  readonly lookers: readonly string[];
}

export const shardAllowances: CatalogAllowances = {
  loginRoles,
  app: 'harka_app',
  owner: 'harka_owner',
  withoutTenant: ['events.relay_lease'],
  closed: ['app.tenant_fence'],
  definers: [
    'app.enter_tenant',
    'app.admit_tenant',
    'app.fence_tenant',
    'events.append',
    'events.erase_person',
    'courses.purge_lessons',
    'courses.erase_answers',
  ],
  lookers: [
    'events.counters harka_relay',
    'events.outbox_pending harka_relay',
    'events.checkpoints harka_relay',
    'insights.gauges harka_relay',
    'courses.rule_work harka_relay',
    'courses.deadlines harka_relay',
    'auth.notifications harka_relay',
    'auth.user_imports harka_relay',
    'auth.mails harka_relay',
    'auth.connections harka_relay',
    'auth.ldap_syncs harka_relay',
    'courses.purges harka_relay',
    'courses.renewals harka_relay',
  ],
};
