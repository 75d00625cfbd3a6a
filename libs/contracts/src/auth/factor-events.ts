import { z } from 'zod';
import { defineEvent, instant, role, uuid } from '../index.js';
import { factorMethod } from './factor.js';

const factor = { userId: uuid(), method: factorMethod };

export const factorAdded = defineEvent(
  'auth.factor.added',
  z.strictObject({ ...factor, name: z.string().nullable() }),
);
export const factorRemoved = defineEvent(
  'auth.factor.removed',
  z.strictObject({ ...factor, name: z.string().nullable() }),
);
/** All factors of somebody were removed by an admin. */
/** `reason` as the administrator gave it; there was none to be given before. */
export const factorsReset = defineEvent(
  'auth.factor.reset',
  z.strictObject({ userId: uuid(), reason: z.string().optional() }),
);
/** A code, a passkey or a recovery code was not right. At most a few for an account in a while. */
export const factorRefused = defineEvent(
  'auth.factor.refused',
  z.strictObject({
    ...factor,
    reason: z.enum(['wrong', 'used_before', 'unknown_passkey', 'counter', 'challenge']),
  }),
);
export const recoveryCodesRenewed = defineEvent(
  'auth.recovery_code.renewed',
  z.strictObject({ userId: uuid(), count: z.int() }),
);
export const recoveryCodeUsed = defineEvent(
  'auth.recovery_code.used',
  z.strictObject({ userId: uuid(), left: z.int() }),
);
export const steppedUpEvent = defineEvent(
  'auth.session.stepped_up',
  z.strictObject({ sessionId: uuid(), userId: uuid(), method: z.string() }),
);
export const deviceTrusted = defineEvent(
  'auth.trusted_device.added',
  z.strictObject({ deviceId: uuid(), userId: uuid(), expiresAt: instant() }),
);
export const deviceForgotten = defineEvent(
  'auth.trusted_device.removed',
  z.strictObject({ userId: uuid(), deviceIds: z.array(uuid()) }),
);
/** Somebody who proved who he is was not let in from where he is. */
export const signInRefused = defineEvent(
  'auth.sign_in.refused',
  z.strictObject({ userId: uuid(), reason: z.enum(['network']) }),
);
export const signInPolicyChanged = defineEvent(
  'auth.sign_in_policy.changed',
  z.strictObject({
    mfa: z.string(),
    mfaRoles: z.array(role),
    graceDays: z.int(),
    mfaAfterSso: z.boolean(),
    passwordless: z.boolean(),
    trustedDeviceDays: z.int(),
    stepUpMinutes: z.int().nullable(),
    idleSeconds: z.int(),
    absoluteSeconds: z.int(),
    maxSessions: z.int().nullable(),
    allowedNetworks: z.array(z.string()),
    alerts: z.boolean(),
    /** The fields that are not as they were. */
    changed: z.array(z.string()),
  }),
);
