import type { Passkey as PasskeyView, TrustedDevice as TrustedDeviceView } from '#libs/contracts/auth';

/** An authenticator app. */
export interface TotpFactor {
  readonly confirmedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface Passkey {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  /** The host that it was made at; the browser offers it nowhere else. */
  readonly rpId: string;
  readonly transports: readonly string[];
  readonly synced: boolean;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What somebody has, without any secret. */
export interface FactorsOf {
  readonly totp: TotpFactor | null;
  readonly passkeys: readonly Passkey[];
  readonly recoveryCodes: { readonly left: number; readonly createdAt: Date } | null;
}

export interface TrustedDevice {
  readonly id: string;
  readonly userId: string;
  readonly tokenHash: Buffer;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

/** A safety net, not a plan limit. */
export const MOST_PASSKEYS = 20;

/** Recovery codes are the way back in, not a factor that somebody can have alone. */
export function hasFactor({ totp, passkeys }: FactorsOf): boolean {
  return totp !== null || passkeys.length > 0;
}

/** @param rpId the host where it is asked for: passkeys of other hosts of the academy are of no use there */
export function methodsOf({ totp, passkeys, recoveryCodes }: FactorsOf, rpId: string | null) {
  const usable = passkeys.some((passkey) => rpId === null || passkey.rpId === rpId);
  return [
    ...(usable ? (['passkey'] as const) : []),
    ...(totp === null ? [] : (['totp'] as const)),
    ...(recoveryCodes !== null && recoveryCodes.left > 0 ? (['recovery_code'] as const) : []),
  ];
}

export function passkeyView({ id, name, rpId, synced, createdAt, lastUsedAt }: Passkey): PasskeyView {
  return {
    ...{ id, name, host: rpId, synced },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

export function trustedDeviceView(
  { id, userAgent, ip, createdAt, lastUsedAt, expiresAt }: TrustedDevice,
  currentId: string | null,
): TrustedDeviceView {
  return {
    ...{ id, userAgent, ip, current: id === currentId },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
