import { z } from 'zod';
import { instant, role, text, uuid } from '../index.js';
import { signedIn } from './sign-in.js';

/** What proves somebody besides the password. */
export const factorMethod = z.enum(['totp', 'passkey', 'recovery_code']);
export type FactorMethod = z.infer<typeof factorMethod>;

/** The token of a step that is under way: unguessable, good once, for ten minutes, on the device that began. */
const challengeId = z.string().min(1).max(200);

/** Six digits; white space between them is forgiven. */
const code = z
  .string()
  .max(20)
  .transform((typed) => typed.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^[0-9]{6}$/, 'six digits are expected'));

/** As it was shown, upper or lower case, with or without hyphens. */
const recoveryCode = z.string().min(1).max(60);

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, 'base64url is expected');

const transports = z.array(z.string().max(20)).max(10).optional();
const attachment = z.string().max(20).nullish();

/** `RegistrationResponseJSON` of WebAuthn level 3, as `PublicKeyCredential.toJSON()` gives it. */
export const passkeyRegistration = z.strictObject({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: z.looseObject({}).optional(),
  response: z.strictObject({
    clientDataJSON: base64url(8_000),
    attestationObject: base64url(60_000),
    authenticatorData: base64url(8_000).optional(),
    transports,
    publicKey: base64url(8_000).optional(),
    publicKeyAlgorithm: z.int().optional(),
  }),
});
export type PasskeyRegistration = z.output<typeof passkeyRegistration>;

/** `AuthenticationResponseJSON` of WebAuthn level 3. */
export const passkeyAssertion = z.strictObject({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: z.looseObject({}).optional(),
  response: z.strictObject({
    clientDataJSON: base64url(8_000),
    authenticatorData: base64url(8_000),
    signature: base64url(8_000),
    userHandle: base64url(200).nullish(),
  }),
});
export type PasskeyAssertion = z.output<typeof passkeyAssertion>;

/** What `navigator.credentials` is given, as WebAuthn level 3 writes it in JSON. */
const webAuthnOptions = z.looseObject({ challenge: z.string() });

/**
 * The password was right and one step is left: nobody is signed in yet. `enrol` says that there is nothing to ask for and a factor has to
 * be set up first; `methods` are then those that can be.
 */
export const secondStep = z.strictObject({
  mfaRequired: z.literal(true),
  challengeId,
  methods: z.array(factorMethod).min(1),
  enrol: z.boolean(),
  /** Whether this device may be trusted for a while. */
  mayTrustDevice: z.boolean(),
  expiresAt: instant(),
});
export type SecondStep = z.infer<typeof secondStep>;

/** Signed in, or one step away from it. */
export const loginAnswer = z.union([signedIn, secondStep]);
export type LoginAnswer = z.infer<typeof loginAnswer>;

export const challengeInput = z.strictObject({ challengeId });

const delivery = z.enum(['cookies', 'body']).default('cookies');
const secondStepShared = {
  challengeId,
  /** Asks for no second step on this device until the trust runs out. */
  trustDevice: z.boolean().default(false),
  delivery,
};
export const secondStepAnswer = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp'), code, ...secondStepShared }),
  z.strictObject({ method: z.literal('recovery_code'), code: recoveryCode, ...secondStepShared }),
  z.strictObject({ method: z.literal('passkey'), response: passkeyAssertion, ...secondStepShared }),
]);
export type SecondStepAnswer = z.output<typeof secondStepAnswer>;

/** A new TOTP secret (RFC 6238: SHA-1, 6 digits, 30 s); it counts once a code of it was shown. */
export const totpSetup = z.strictObject({
  /** In base32, to be typed. */
  secret: z.string(),
  /** `otpauth://totp/…`, to be shown as a QR code. */
  uri: z.string(),
});
export type TotpSetup = z.infer<typeof totpSetup>;

export const passkeyOptions = z.strictObject({ challengeId, options: webAuthnOptions });
export type PasskeyOptions = z.infer<typeof passkeyOptions>;

const passkeyName = text(1, 100);
export const enrolAnswer = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp'), challengeId, code, delivery }),
  z.strictObject({
    method: z.literal('passkey'),
    challengeId,
    name: passkeyName,
    response: passkeyRegistration,
    delivery,
  }),
]);
export type EnrolAnswer = z.output<typeof enrolAnswer>;

/** The only time that recovery codes are shown. */
export const enrolledSignedIn = z.strictObject({
  ...signedIn.shape,
  recoveryCodes: z.array(z.string()).nullable(),
});

export const passkeySignIn = z.strictObject({ challengeId, response: passkeyAssertion, delivery });

export const passkey = z.strictObject({
  id: uuid(),
  name: z.string(),
  /** The host that it is good at. */
  host: z.string(),
  /** Whether it is copied between the devices of its owner. */
  synced: z.boolean(),
  createdAt: instant(),
  lastUsedAt: instant().nullable(),
});
export type Passkey = z.infer<typeof passkey>;

export const trustedDevice = z.strictObject({
  id: uuid(),
  current: z.boolean(),
  userAgent: z.string().nullable(),
  ip: z.string().nullable(),
  createdAt: instant(),
  lastUsedAt: instant(),
  expiresAt: instant(),
});
export type TrustedDevice = z.infer<typeof trustedDevice>;

export const factors = z.strictObject({
  totp: z.strictObject({ createdAt: instant(), lastUsedAt: instant().nullable() }).nullable(),
  passkeys: z.array(passkey),
  recoveryCodes: z.strictObject({ left: z.int(), createdAt: instant() }).nullable(),
  trustedDevices: z.array(trustedDevice),
  /** Whether the academy asks for a second step at all. */
  offered: z.boolean(),
  /** Whether the academy demands a factor of people like me. */
  required: z.boolean(),
  /** Until when a sign-in without one is still let through. */
  graceUntil: instant().nullable(),
  /** Whether factors can be changed now, or a step-up comes first. */
  unlocked: z.boolean(),
});
export type Factors = z.infer<typeof factors>;

export const totpConfirmation = z.strictObject({ code });
/** Codes where these are the first factors of somebody; null where there are codes already. */
export const newRecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()).nullable() });
export const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });
export const newPasskey = z.strictObject({ challengeId, name: passkeyName, response: passkeyRegistration });
export const addedPasskey = z.strictObject({ passkey, recoveryCodes: z.array(z.string()).nullable() });

/** How I can prove once more that it is me: a factor, or the password where there is none. */
export const stepUpMethod = z.enum(['totp', 'passkey', 'recovery_code', 'password']);
export const stepUpChoices = z.strictObject({
  methods: z.array(stepUpMethod),
  /** For `navigator.credentials.get`, where there is a passkey. */
  passkey: passkeyOptions.nullable(),
});
export const stepUpAnswer = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp'), code }),
  z.strictObject({ method: z.literal('recovery_code'), code: recoveryCode }),
  z.strictObject({ method: z.literal('password'), password: z.string().min(1).max(1_000) }),
  z.strictObject({ method: z.literal('passkey'), challengeId, response: passkeyAssertion }),
]);
export type StepUpAnswer = z.output<typeof stepUpAnswer>;
/** The access token of before is replaced, as cookie too; the refresh token stays. */
export const steppedUp = z.strictObject({
  accessToken: z.string(),
  expiresIn: z.int().positive(),
  /** Null where the academy demands no step-up. */
  steppedUpUntil: instant().nullable(),
});

/** What an admin sees of somebody's factors. */
export const factorSummary = z.strictObject({
  userId: uuid(),
  role,
  totp: z.boolean(),
  passkeys: z.int(),
  recoveryCodesLeft: z.int(),
  trustedDevices: z.int(),
  required: z.boolean(),
});
export type FactorSummary = z.infer<typeof factorSummary>;

/** Why, for the audit: whoever asks for a reset may be an impostor. */
export const factorReset = z.strictObject({ reason: text(3, 300) });
