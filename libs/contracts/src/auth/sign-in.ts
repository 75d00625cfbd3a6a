import { z } from 'zod';
import { email, instant, page, permission, role, text, uuid } from '../index.js';
import { actingNotice } from './acting.js';

/**
 * A password as it was typed; white space counts. What it must be is checked by auth, which answers with the fault
 * `password_too_short` (< 10 characters), `password_too_long` (> 72 bytes) or `password_common`.
 */
const password = z.string().min(1).max(1_000);

/** The token of a link that was mailed. */
const linkToken = z.string().min(1).max(200);

export const credentials = z.strictObject({
  email: email(),
  password,
  /** `body` is for programs: no cookies are set and the answer holds the refresh token. */
  delivery: z.enum(['cookies', 'body']).default('cookies'),
});
export type Credentials = z.output<typeof credentials>;

/** Who is signed in. */
export const signedInUser = z.strictObject({
  id: uuid(),
  email: email(),
  name: z.string(),
  role,
  permissions: z.array(permission),
});
export type SignedInUser = z.infer<typeof signedInUser>;

const tokens = {
  accessToken: z.string(),
  /** Seconds. */
  expiresIn: z.int().positive(),
  /** Only where the caller asked for it in the body. */
  refreshToken: z.string().optional(),
};

export const signedIn = z.strictObject({ ...tokens, user: signedInUser });
export type SignedIn = z.infer<typeof signedIn>;

/** The user of this session, with what a profile page shows. */
export const me = z.strictObject({
  ...signedInUser.shape,
  locale: z.string().nullable(),
  /** Of the IANA's list (`Europe/Vienna`); null: the one of the device. */
  timeZone: z.string().nullable(),
  department: z.string().nullable(),
  team: z.string().nullable(),
  lastLoginAt: instant().nullable(),
  sessionId: uuid().nullable(),
  /** Null where the person acts himself. */
  acting: actingNotice.nullable(),
});
export type Me = z.infer<typeof me>;

/** Without a body the refresh cookie is taken. */
export const refreshInput = z.strictObject({ refreshToken: z.string().min(1).max(200).optional() });

export const registration = z.strictObject({ email: email(), name: text(1, 200), password });
export type Registration = z.output<typeof registration>;

/** The same for a new address and for one that is known: what follows comes by mail. */
export const registered = z.strictObject({ status: z.literal('verification_sent') });

export const linkInput = z.strictObject({ token: linkToken });
export const forgotPasswordInput = z.strictObject({ email: email() });
export const resetPasswordInput = z.strictObject({ token: linkToken, password });
export const changePasswordInput = z.strictObject({ currentPassword: password, newPassword: password });
export const acceptInvitationInput = z.strictObject({
  token: linkToken,
  password,
  name: text(1, 200).optional(),
});
export const invitationPreview = z.strictObject({ email: email(), name: z.string() });

/**
 * Where mailed links lead on the tenant's own host. The token follows as the fragment `#token=…`, which browsers
 * send to no server.
 */
export const linkPaths = {
  invitation: '/accept-invitation',
  verification: '/verify-email',
  passwordReset: '/reset-password',
  connectionSetup: '/connection-setup',
} as const;

export const session = z.strictObject({
  id: uuid(),
  /** Whether this is the one that asks. */
  current: z.boolean(),
  /** How it was begun: `password`, `invitation`, `passkey`, `saml` … */
  method: z.string(),
  /** Whether a second factor was shown for it. */
  secondStep: z.boolean(),
  startedAt: instant(),
  lastSeenAt: instant(),
  expiresAt: instant(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type Session = z.infer<typeof session>;
export const sessionPage = page(session);

export const operatorCredentials = z.strictObject({ email: email(), password });
export const operator = z.strictObject({ id: uuid(), email: email(), name: z.string() });
export type Operator = z.infer<typeof operator>;
export const operatorSignedIn = z.strictObject({ ...tokens, operator });
export type OperatorSignedIn = z.infer<typeof operatorSignedIn>;
export const newOperator = z.strictObject({ email: email(), name: text(1, 200), password });

/** RFC 7517. */
export const jsonWebKeySet = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
      kid: z.string(),
      x: z.string(),
    }),
  ),
});
export type JsonWebKeySet = z.infer<typeof jsonWebKeySet>;
