import { z } from 'zod';
import { defineEvent, instant, permission, role, uuid } from '../index.js';
import { userStatus } from './user.js';

/** The person as he is after the event: every event about a user carries all of it, so a reader need not ask back. */
export const person = z.strictObject({
  userId: uuid(),
  email: z.string(),
  name: z.string(),
  role,
  status: userStatus,
  department: z.string().nullable(),
  team: z.string().nullable(),
  managerId: uuid().nullable(),
});
export type Person = z.infer<typeof person>;

/** The first event of every user, however he came. */
export const userCreated = defineEvent('auth.user.created', person);
export const userUpdated = defineEvent('auth.user.updated', person);
/** May sign in from now on: accepted the invitation, or proved the address. */
export const userActivated = defineEvent('auth.user.activated', person);
export const userDeactivated = defineEvent('auth.user.deactivated', person);
export const userReactivated = defineEvent('auth.user.reactivated', person);
/** An invitation was sent; it may be the second one. */
export const userInvited = defineEvent(
  'auth.user.invited',
  z.strictObject({ ...person.shape, invitationId: uuid(), expiresAt: instant() }),
);
export const invitationRevoked = defineEvent(
  'auth.invitation.revoked',
  z.strictObject({ invitationId: uuid(), userId: uuid() }),
);

const session = z.strictObject({ sessionId: uuid(), userId: uuid() });

export const sessionStarted = defineEvent(
  'auth.session.started',
  z.strictObject({ ...session.shape, method: z.enum(['password', 'invitation']) }),
);
export const sessionEnded = defineEvent(
  'auth.session.ended',
  z.strictObject({
    ...session.shape,
    reason: z.enum([
      'logout',
      'ended_by_user',
      'password_changed',
      'deactivated',
      'role_changed',
      'token_reused',
    ]),
  }),
);
/** A refresh token came a second time: somebody else has a copy. The session is ended with it. */
export const refreshTokenReused = defineEvent('auth.refresh_token.reused', session);

/** At most a few for an account and an address in a while. `userId` is null where nobody has that address. */
export const loginFailed = defineEvent(
  'auth.login.failed',
  z.strictObject({
    userId: uuid().nullable(),
    reason: z.enum(['unknown_user', 'wrong_password', 'no_password', 'not_active', 'demo_password']),
  }),
);
export const accountLocked = defineEvent(
  'auth.account.locked',
  z.strictObject({ userId: uuid().nullable(), until: instant() }),
);

export const registrationRequested = defineEvent(
  'auth.registration.requested',
  z.strictObject({ registrationId: uuid() }),
);
export const passwordResetRequested = defineEvent(
  'auth.password.reset_requested',
  z.strictObject({ userId: uuid() }),
);
export const passwordChanged = defineEvent(
  'auth.password.changed',
  z.strictObject({ userId: uuid(), by: z.enum(['user', 'reset', 'invitation', 'registration', 'demo']) }),
);

const apiKey = { apiKeyId: uuid(), prefix: z.string() };

export const apiKeyCreated = defineEvent(
  'auth.api_key.created',
  z.strictObject({
    ...apiKey,
    name: z.string(),
    scopes: z.array(permission),
    role,
    expiresAt: instant().nullable(),
  }),
);
export const apiKeyRevoked = defineEvent(
  'auth.api_key.revoked',
  z.strictObject({ ...apiKey, reason: z.enum(['revoked', 'owner_deactivated', 'role_changed']) }),
);

/** A mail waits in auth's outbox. */
export const mailRequested = defineEvent(
  'auth.mail.requested',
  z.strictObject({ mailId: uuid(), template: z.string() }),
);
