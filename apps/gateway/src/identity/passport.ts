import type { ServiceName } from '#libs/contracts';
import type { Actor, TenantRef } from '#libs/tenancy';

/** The signed context of one passport for one service, while it is fresh. */
export interface SignedContext {
  readonly tenant: TenantRef | null;
  readonly token: string;
  readonly until: number;
}

/** A credential that was verified, or the visitor without one. Kept, so that nothing is verified or signed twice. */
export interface Passport {
  /** Which tenant the credential names; null where it names none (an operator's). */
  readonly tenantId: string | null;
  readonly actor: Actor;
  readonly contexts: Map<ServiceName, SignedContext>;
}

export function passportOf(tenantId: string | null, actor: Actor): Passport {
  return { tenantId, actor, contexts: new Map() };
}
