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
  /** Not in events that were written before teams were things of their own. */
  teamId: uuid().nullable().optional(),
  managerId: uuid().nullable(),
  /** Null: the academy's own. Not in older events. */
  locale: z.string().nullable().optional(),
  /** Null: the one of the device. Not in older events. */
  timeZone: z.string().nullable().optional(),
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
  z.strictObject({
    ...session.shape,
    method: z.enum(['password', 'invitation', 'passkey', 'saml', 'oidc', 'ldap']),
  }),
);
export const sessionEnded = defineEvent(
  'auth.session.ended',
  z.strictObject({
    ...session.shape,
    reason: z.enum([
      'logout',
      'ended_by_user',
      'ended_by_admin',
      'password_changed',
      'deactivated',
      'role_changed',
      'token_reused',
      'factors_reset',
      'session_limit',
      'policy',
      'idp_logout',
      'sso_enforced',
    ]),
  }),
);
/** A refresh token came a second time: somebody else has a copy. The session is ended with it. */
export const refreshTokenReused = defineEvent('auth.refresh_token.reused', session);

/** An operator begins to act as somebody; every event until the end names both. */
export const actingStarted = defineEvent(
  'auth.acting.started',
  z.strictObject({
    ...session.shape,
    operatorId: z.string(),
    operatorName: z.string(),
    reason: z.string(),
    expiresAt: instant(),
  }),
);
export const actingEnded = defineEvent(
  'auth.acting.ended',
  z.strictObject({ ...session.shape, operatorId: z.string() }),
);

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

/** A key got a successor; it holds until `until`, so that programs can change over. */
export const apiKeyRotated = defineEvent(
  'auth.api_key.rotated',
  z.strictObject({
    ...apiKey,
    name: z.string(),
    newApiKeyId: uuid(),
    newPrefix: z.string(),
    until: instant(),
  }),
);

const team = { teamId: uuid(), name: z.string(), leadIds: z.array(uuid()) };

export const teamCreated = defineEvent('auth.team.created', z.strictObject(team));
/** The team as it is after the change; of each member whose team got another name there is a `user.updated` besides. */
export const teamUpdated = defineEvent('auth.team.updated', z.strictObject({ ...team, before: z.string() }));
export const teamDeleted = defineEvent(
  'auth.team.deleted',
  z.strictObject({ teamId: uuid(), name: z.string() }),
);

const peopleImport = { importId: uuid(), fileName: z.string() };
const outcomes = {
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  failed: z.int().nonnegative(),
};

/** A list of people was uploaded and waits to be checked; nothing of it is in effect. */
export const userImportUploaded = defineEvent(
  'auth.user_import.uploaded',
  z.strictObject({ ...peopleImport, rows: z.int().nonnegative() }),
);
export const userImportStarted = defineEvent(
  'auth.user_import.started',
  z.strictObject({ ...peopleImport, rows: z.int().nonnegative(), invitations: z.enum(['none', 'new']) }),
);
export const userImportFinished = defineEvent(
  'auth.user_import.finished',
  z.strictObject({ ...peopleImport, ...outcomes }),
);
export const userImportCancelled = defineEvent('auth.user_import.cancelled', z.strictObject(peopleImport));

/** A mail waits in auth's outbox. */
export const mailRequested = defineEvent(
  'auth.mail.requested',
  z.strictObject({ mailId: uuid(), template: z.string() }),
);
/** An operator had a mail tried again. */
export const mailRetried = defineEvent(
  'auth.mail.retried',
  z.strictObject({ mailId: uuid(), template: z.string() }),
);
