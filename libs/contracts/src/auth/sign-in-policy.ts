import { z } from 'zod';
import { instant, role } from '../index.js';

const MINUTE = 60;
const DAY = 86_400;

/** An address or a network: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. What it means is checked by auth. */
const network = z.string().trim().min(2).max(64);

const rules = {
  /** `off`: nobody is asked; `optional`: who has a factor; `roles`: people of `mfaRoles` must have one; `all`: everybody must. */
  mfa: z.enum(['off', 'optional', 'roles', 'all']),
  mfaRoles: z.array(role).max(6),
  /** Days that somebody may still sign in without a factor after it became required. */
  graceDays: z.int().min(0).max(90),
  /** Whether sign-ins through an identity provider are asked for a second step here as well. */
  mfaAfterSso: z.boolean(),
  /** Whether a passkey alone signs in, without a password. */
  passwordless: z.boolean(),
  /** Days that a device is trusted; 0: none is. */
  trustedDeviceDays: z.int().min(0).max(90),
  /** Minutes that a proof is good for changes of people, keys and settings; null: no step-up. */
  stepUpMinutes: z.int().min(1).max(1_440).nullable(),
  /** A session ends when it was not used for so long … */
  idleSeconds: z
    .int()
    .min(5 * MINUTE)
    .max(14 * DAY),
  /** … and at the latest so long after the sign-in. */
  absoluteSeconds: z
    .int()
    .min(15 * MINUTE)
    .max(90 * DAY),
  /** The oldest session of somebody ends when there are more; null: any number. */
  maxSessions: z.int().min(1).max(100).nullable(),
  /** Where people may sign in from; empty: from everywhere. */
  allowedNetworks: z.array(network).max(200),
  /** Whether people are mailed when somebody signs in from a device and network that they never used. */
  alerts: z.boolean(),
};

export const signInPolicy = z.strictObject({
  ...rules,
  /** Since when a factor is required; null where it is not. */
  requiredSince: instant().nullable(),
  updatedAt: instant().nullable(),
  /** The address that asks, to see whether it is in `allowedNetworks`. */
  ownAddress: z.string().nullable(),
});
export type SignInPolicyView = z.infer<typeof signInPolicy>;

export const signInPolicyInput = z.strictObject({
  ...rules,
  /** Needed where `allowedNetworks` would lock out the address that asks. */
  confirmLockout: z.boolean().default(false),
});
export type SignInPolicyInput = z.output<typeof signInPolicyInput>;
