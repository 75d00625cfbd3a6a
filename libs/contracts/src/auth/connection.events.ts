import { z } from 'zod';
import { defineEvent, instant, uuid } from '../index.js';
import { connectionKind, connectionState } from './connection.js';

/** The connection as it is after the event. Secrets are in no event. */
const connection = z.strictObject({
  connectionId: uuid(),
  name: z.string(),
  kind: connectionKind,
  state: connectionState,
  isDefault: z.boolean(),
});

export const connectionCreated = defineEvent('auth.connection.created', connection);
/** `changed` names the settings that are different. */
export const connectionChanged = defineEvent(
  'auth.connection.changed',
  z.strictObject({ ...connection.shape, changed: z.array(z.string()) }),
);
/** A test went well, or not; `byUserId` is who ran it. */
export const connectionTested = defineEvent(
  'auth.connection.tested',
  z.strictObject({ ...connection.shape, succeeded: z.boolean(), reason: z.string().nullable() }),
);
/** Administrators were told of something that will keep people out if nobody sees to it. */
export const connectionWarned = defineEvent(
  'auth.connection.warned',
  z.strictObject({
    ...connection.shape,
    warning: z.enum(['certificate_expires', 'metadata_unreadable']),
    detail: z.string(),
  }),
);
export const connectionEnabled = defineEvent('auth.connection.enabled', connection);
export const connectionDisabled = defineEvent('auth.connection.disabled', connection);
export const connectionDeleted = defineEvent('auth.connection.deleted', connection);

export const signInEnforcementChanged = defineEvent(
  'auth.sign_in_enforcement.changed',
  z.strictObject({ enforced: z.boolean(), breakGlassUserIds: z.array(uuid()) }),
);
/** Somebody signed in by password though it is not the rule: an account for the day when the provider is away. */
export const breakGlassUsed = defineEvent('auth.break_glass.used', z.strictObject({ userId: uuid() }));

const emailDomain = z.strictObject({ domain: z.string() });
export const emailDomainAdded = defineEvent('auth.email_domain.added', emailDomain);
export const emailDomainVerified = defineEvent('auth.email_domain.verified', emailDomain);
export const emailDomainRemoved = defineEvent('auth.email_domain.removed', emailDomain);

/** Somebody of the provider is somebody of the academy from now on. */
export const identityLinked = defineEvent(
  'auth.identity.linked',
  z.strictObject({ connectionId: uuid(), userId: uuid(), how: z.enum(['created', 'email']) }),
);

/** A sign-in by a connection was refused. At most a few of one connection in a while; the attempts have all. */
export const ssoRefused = defineEvent(
  'auth.sso.refused',
  z.strictObject({ connectionId: uuid(), reason: z.string(), attemptId: uuid(), at: instant() }),
);
