import type { ServiceName } from '#libs/contracts';
import { CONTEXT_LIFETIME, type ContextSigner, type TenantRef } from '#libs/tenancy';
import type { Passport } from './passport.js';

/** A context must still hold when the service looks at it. */
const REUSED_FOR = (CONTEXT_LIFETIME - 6) * 1000;

/** Signs who acts in which tenant, once in a while for each passport and service, not with every request. */
export class ContextTokens {
  constructor(
    private readonly signer: Pick<ContextSigner, 'sign'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** The token, or the promise of one that is being signed. */
  of(passport: Passport, tenant: TenantRef | null, service: ServiceName): string | Promise<string> {
    const known = passport.contexts.get(service);
    if (known !== undefined && known.until > this.now() && sameTenant(known.tenant, tenant)) {
      return known.token;
    }
    return this.signed(passport, tenant, service);
  }

  private async signed(passport: Passport, tenant: TenantRef | null, service: ServiceName): Promise<string> {
    const now = this.now();
    const own = tenant === null ? null : refOf(tenant);
    const token = await this.signer.sign({ tenant: own, actor: passport.actor }, service, new Date(now));
    passport.contexts.set(service, { tenant: own, token, until: now + REUSED_FOR });
    return token;
  }
}

/** A tenant that changed (another plan, suspended, renamed) is signed anew at once. */
function sameTenant(one: TenantRef | null, other: TenantRef | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.id === other.id &&
    one.status === other.status &&
    one.plan === other.plan &&
    one.name === other.name &&
    one.slug === other.slug
  );
}

// What the directory knows beyond this (branding, settings) has no place in a token.
function refOf({ id, slug, name, plan, status }: TenantRef): TenantRef {
  return { id, slug, name, plan, status };
}
