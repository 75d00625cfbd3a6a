import { randomBytes } from 'node:crypto';
import type { Domain as DomainView, DomainState } from '#libs/contracts/tenants';

/** A host name that leads, or is to lead, to a tenant. */
export interface Domain {
  readonly host: string;
  readonly tenantId: string;
  readonly kind: 'subdomain' | 'custom';
  /** What the TXT record of a custom domain must say; new for every claim, so that no proof serves two tenants. */
  readonly proofToken: string | null;
  readonly state: DomainState;
  /** When the proof was last seen. */
  readonly verifiedAt: Date | null;
  readonly lastCheckedAt: Date | null;
  readonly createdAt: Date;
}

const DAY = 24 * 60 * 60 * 1000;

/** A claim that is not proved within this time may be taken over; nobody can squat on a name that is not theirs. */
const CLAIM_LIFETIME = 3 * DAY;
/** A verified domain whose proof is gone still works for this time: DNS moves and mistakes happen. */
const PROOF_GRACE = 3 * DAY;
export const RECHECK_INTERVAL = DAY;

export function subdomain(tenantId: string, host: string, now: Date): Domain {
  return {
    host,
    tenantId,
    kind: 'subdomain',
    proofToken: null,
    state: 'verified',
    verifiedAt: now,
    lastCheckedAt: null,
    createdAt: now,
  };
}

export function claim(tenantId: string, host: string, now: Date): Domain {
  return {
    host,
    tenantId,
    kind: 'custom',
    proofToken: randomBytes(24).toString('base64url'),
    state: 'pending',
    verifiedAt: null,
    lastCheckedAt: null,
    createdAt: now,
  };
}

/** Whether somebody else may claim the host: it was never proved in time, or its proof has been gone for long. */
export function isAbandoned({ kind, state, createdAt, verifiedAt }: Domain, now: Date): boolean {
  if (kind === 'subdomain' || state === 'verified') return false;
  return (
    (verifiedAt ?? createdAt).getTime() + (state === 'pending' ? CLAIM_LIFETIME : 30 * DAY) <= now.getTime()
  );
}

/** The name of the TXT record that is looked up. */
export function proofName(host: string): string {
  return `_harka.${host}`;
}

export function proofValue(token: string): string {
  return `harka-verification=${token}`;
}

/** The domain after a look at its TXT records. */
export function judged(domain: Domain, records: readonly string[], now: Date): Domain {
  const proved = domain.proofToken !== null && records.includes(proofValue(domain.proofToken));
  if (proved) return { ...domain, state: 'verified', verifiedAt: now, lastCheckedAt: now };
  const lapsed =
    domain.state === 'verified' && (domain.verifiedAt?.getTime() ?? 0) + PROOF_GRACE <= now.getTime();
  return { ...domain, state: lapsed ? 'lapsed' : domain.state, lastCheckedAt: now };
}

/** The host to link to: a verified custom domain if there is one (the oldest), else the subdomain. */
export function primaryHost(domains: readonly Domain[]): string {
  const custom = domains
    .filter(({ kind, state }) => kind === 'custom' && state === 'verified')
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return (custom[0] ?? domains.find(({ kind }) => kind === 'subdomain'))?.host ?? '';
}

export function toView({
  host,
  kind,
  state,
  proofToken,
  verifiedAt,
  lastCheckedAt,
  createdAt,
}: Domain): DomainView {
  return {
    host,
    kind,
    state,
    proof: proofToken === null ? null : { name: proofName(host), type: 'TXT', value: proofValue(proofToken) },
    verifiedAt: verifiedAt?.toISOString() ?? null,
    lastCheckedAt: lastCheckedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
