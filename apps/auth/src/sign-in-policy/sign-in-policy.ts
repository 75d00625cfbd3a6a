import type { Role } from '#libs/contracts';
import type { SignInPolicyInput, SignInPolicyView } from '#libs/contracts/auth';
import ipaddr from 'ipaddr.js';

/** How the people of a tenant sign in, and how long they stay signed in. */
export interface SignInPolicy {
  readonly mfa: 'off' | 'optional' | 'roles' | 'all';
  readonly mfaRoles: readonly Role[];
  readonly graceDays: number;
  readonly mfaAfterSso: boolean;
  readonly passwordless: boolean;
  readonly trustedDeviceDays: number;
  readonly stepUpMinutes: number | null;
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
  readonly maxSessions: number | null;
  readonly allowedNetworks: readonly string[];
  readonly alerts: boolean;
  /** Since when a factor is required of somebody; null where it is not. */
  readonly requiredSince: Date | null;
  /** 0 where nobody ever changed anything. */
  readonly version: number;
  readonly updatedAt: Date | null;
}

const DAY = 86_400;

export const defaultPolicy: SignInPolicy = {
  mfa: 'optional',
  mfaRoles: [],
  graceDays: 7,
  mfaAfterSso: false,
  passwordless: true,
  trustedDeviceDays: 30,
  stepUpMinutes: null,
  idleSeconds: 3_600,
  absoluteSeconds: 30 * DAY,
  maxSessions: null,
  allowedNetworks: [],
  alerts: true,
  requiredSince: null,
  version: 0,
  updatedAt: null,
};

/** Whether people of that role have to have a factor. */
export function isRequiredOf({ mfa, mfaRoles }: SignInPolicy, role: Role): boolean {
  return mfa === 'all' || (mfa === 'roles' && mfaRoles.includes(role));
}

/** Until when a person who has no factor is let in all the same: so long after it became required, or after he came. */
export function graceUntil({ requiredSince, graceDays }: SignInPolicy, cameAt: Date): Date | null {
  if (requiredSince === null) return null;
  return new Date(Math.max(requiredSince.getTime(), cameAt.getTime()) + graceDays * DAY * 1000);
}

/** When the step-up of a session runs out, in seconds since 1970; undefined where none is demanded. */
export function stepUpUntil({ stepUpMinutes }: SignInPolicy, provedAt: Date | null): number | undefined {
  if (stepUpMinutes === null) return undefined;
  return provedAt === null ? 0 : Math.floor(provedAt.getTime() / 1000) + stepUpMinutes * 60;
}

/** Undefined for what is no address and no network. */
export function networkOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return undefined;
  }
}

/** Whether an address is in one of the networks. Nobody knows where no address is: that is outside. */
export function isWithin(networks: readonly string[], ip: string | null): boolean {
  if (networks.length === 0) return true;
  if (ip === null || !ipaddr.isValid(ip)) return false;
  // An IPv4 address that came in through an IPv6 socket is an IPv4 address.
  const address = ipaddr.process(ip);
  return networks.some((text) => {
    const network = networkOf(text);
    return network?.[0].kind() === address.kind() && address.match(network);
  });
}

/** The network that an address counts as the same place with: /24, or /48 of IPv6. */
export function placeOf(ip: string | null): string | null {
  if (ip === null || !ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  const bytes = address.toByteArray().slice(0, address.kind() === 'ipv4' ? 3 : 6);
  return `${address.kind()}:${bytes.join('.')}`;
}

const ofSessions = ['stepUpMinutes', 'idleSeconds', 'absoluteSeconds', 'allowedNetworks'];

/** Whether a change of these rules concerns sessions that are open. */
export function isAboutSessions(changed: readonly string[]): boolean {
  return changed.some((rule) => ofSessions.includes(rule));
}

/** The policy as it becomes by a change. */
export function changedPolicy(before: SignInPolicy, input: SignInPolicyInput, now: Date): SignInPolicy {
  const rules = rulesOf(input);
  const required = rules.mfa === 'all' || (rules.mfa === 'roles' && rules.mfaRoles.length > 0);
  // Whoever is newly meant by it gets the whole grace.
  const isWider = rules.mfa !== before.mfa || rules.mfaRoles.some((role) => !before.mfaRoles.includes(role));
  const since = isWider || before.requiredSince === null ? now : before.requiredSince;
  return {
    ...rules,
    requiredSince: required ? since : null,
    version: before.version + 1,
    updatedAt: now,
  };
}

type Rules = Omit<SignInPolicy, 'requiredSince' | 'version' | 'updatedAt'>;

/** The fields that anybody sets. */
export function rulesOf(given: Rules) {
  const { mfa, graceDays, mfaAfterSso, passwordless, trustedDeviceDays, stepUpMinutes } = given;
  const { idleSeconds, absoluteSeconds, maxSessions, alerts } = given;
  return {
    ...{ mfa, graceDays, mfaAfterSso, passwordless, trustedDeviceDays, stepUpMinutes },
    ...{ idleSeconds, absoluteSeconds, maxSessions, alerts },
    mfaRoles: [...new Set(given.mfaRoles)],
    allowedNetworks: [...new Set(given.allowedNetworks)],
  };
}

export function policyView(policy: SignInPolicy, ownAddress: string | null): SignInPolicyView {
  return {
    ...rulesOf(policy),
    requiredSince: policy.requiredSince?.toISOString() ?? null,
    updatedAt: policy.updatedAt?.toISOString() ?? null,
    ownAddress,
  };
}
