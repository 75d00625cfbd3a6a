import { z } from 'zod';
import { instant, page, text, uuid } from '../index.js';

/** What an app may ask for, besides that somebody is signed in (`openid`). */
export const appScopes = ['openid', 'profile', 'email', 'groups', 'offline_access'] as const;
export const appScope = z.enum(appScopes);
export type AppScope = z.infer<typeof appScope>;

/** `confidential`: a server, which keeps a secret; `public`: a program on people's devices, which cannot. */
export const appKind = z.enum(['confidential', 'public']);
export type AppKind = z.infer<typeof appKind>;

const LOOPBACK = /^(localhost|([a-z0-9-]+\.)+localhost|127\.0\.0\.1|\[::1\])$/;

/** https; plain http on this device alone; a scheme of one's own (`com.example.app:/…`) for programs. */
function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address) || address.includes('#') || address.includes('*')) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return LOOPBACK.test(hostname);
  return /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(protocol);
}

/** Compared character by character: no patterns, no fragment. */
const ownAddress = z
  .string()
  .max(1_000)
  .refine(isOwnAddress, 'must be an https address without a fragment, http on localhost, or an own scheme');

const secureAddress = z
  .string()
  .max(1_000)
  .pipe(z.url({ protocol: /^https?$/ }));

/** Base64 in the alphabet of addresses, as the members of a key are written. */
const keyMember = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/);

/**
 * A public key of an app (RFC 7517): RSA of at least 2,048 bits, P-256, or Ed25519. What is private does not belong here
 * and is refused.
 */
export const appKey = z.strictObject({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  /** By which assertions name it. */
  kid: text(1, 200).optional(),
  use: z.literal('sig').optional(),
  alg: z.enum(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']).optional(),
  /** Of RSA. */
  n: keyMember.optional(),
  e: keyMember.optional(),
  /** Of the others. */
  crv: z.enum(['P-256', 'Ed25519']).optional(),
  x: keyMember.optional(),
  y: keyMember.optional(),
});
export type AppKey = z.infer<typeof appKey>;

const appSettings = {
  name: text(1, 100),
  /** Where people are sent back to, after they signed in. */
  redirectUris: z.array(ownAddress).min(1).max(20),
  /** Where they may be sent after they signed out. */
  postLogoutRedirectUris: z.array(ownAddress).max(20),
  /** Hears of the end of its sign-ins (OpenID Connect Back-Channel Logout). Null: does not. */
  backchannelLogoutUri: secureAddress.nullable(),
  scopes: z.array(appScope).max(appScopes.length),
  /** Of the academy itself: people are not asked whether it may know them. */
  firstParty: z.boolean(),
  /** `stable`: the id of the person, the same to all such apps; `pairwise`: another to each app. */
  subject: z.enum(['stable', 'pairwise']),
  idTokenAlgorithm: z.enum(['RS256', 'ES256', 'EdDSA']),
  /** Of an app that proves itself by a key of its own; several, so that it can change over. */
  publicKeys: z.array(appKey).max(5),
};

/** How a confidential app proves that it is itself: by its secret, or by what it signed with its own key. */
const appAuthentication = z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt']);

export const newApp = z.strictObject({
  ...appSettings,
  kind: appKind.default('confidential'),
  authentication: appAuthentication.default('client_secret_basic'),
  publicKeys: appSettings.publicKeys.default([]),
  postLogoutRedirectUris: appSettings.postLogoutRedirectUris.default([]),
  backchannelLogoutUri: appSettings.backchannelLogoutUri.default(null),
  scopes: appSettings.scopes.default(['openid', 'profile', 'email']),
  firstParty: z.boolean().default(false),
  subject: appSettings.subject.default('stable'),
  idTokenAlgorithm: appSettings.idTokenAlgorithm.default('RS256'),
});
export type NewApp = z.output<typeof newApp>;

export const appPatch = z
  .strictObject({ ...appSettings, authentication: appAuthentication, enabled: z.boolean() })
  .partial();
export type AppPatch = z.output<typeof appPatch>;

export const app = z.strictObject({
  /** The client id. */
  id: uuid(),
  ...appSettings,
  kind: appKind,
  /** `none` for a public app. */
  authentication: z.enum([...appAuthentication.options, 'none']),
  enabled: z.boolean(),
  /** The secrets that hold, the newest first: by their last characters. */
  secrets: z.array(
    z.strictObject({ hint: z.string(), createdAt: instant(), expiresAt: instant().nullable() }),
  ),
  /** When somebody last signed in to it. */
  lastUsedAt: instant().nullable(),
  createdAt: instant(),
  updatedAt: instant(),
});
export type App = z.infer<typeof app>;
export const appPage = page(app);

/** The secret is in this answer and nowhere else; null for an app that has none. */
export const createdApp = z.strictObject({ app, clientSecret: z.string().nullable() });
export type CreatedApp = z.infer<typeof createdApp>;

/** The secret of before holds on for so long, so that the app can change over. */
export const appSecretRotation = z.strictObject({
  graceSeconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(86_400),
});

/** The academy as a provider: what an app has to know of it. */
export const issuer = z.strictObject({
  issuer: z.string(),
  discoveryUrl: z.string(),
  authorizationEndpoint: z.string(),
  tokenEndpoint: z.string(),
  userinfoEndpoint: z.string(),
  endSessionEndpoint: z.string(),
  jwksUri: z.string(),
  /** The keys that apps see, the one that signs first. */
  keys: z.array(
    z.strictObject({
      kid: z.string(),
      algorithm: z.string(),
      state: z.enum(['next', 'active', 'retired']),
      activeFrom: instant(),
      activeUntil: instant(),
    }),
  ),
});
export type Issuer = z.infer<typeof issuer>;

/** `revoke`: what the keys of before signed is not to be believed any more. */
export const issuerKeyRotation = z.strictObject({ revoke: z.boolean().default(false) });

/** The id of a sign-in at an app that waits for a word of the person. */
export const interactionParams = z.strictObject({
  interactionId: z.string().regex(/^[A-Za-z0-9_-]{20,60}$/),
});

/** What a person is asked before an app of somebody else learns who he is. */
export const appQuestion = z.strictObject({
  app: z.strictObject({ id: uuid(), name: z.string(), host: z.string() }),
  scopes: z.array(appScope),
  user: z.strictObject({ name: z.string(), email: z.string() }),
});
export type AppQuestion = z.infer<typeof appQuestion>;

export const appAnswer = z.strictObject({ decision: z.enum(['allow', 'deny']) });
export const nextPlace = z.strictObject({ url: z.string() });
export const appLogout = z.strictObject({ handle: z.string().max(100) });
/** Who wants the person to sign out; null: nobody that is known. */
export const appLogoutQuestion = z.strictObject({ app: z.string().nullable() });

/** An app that a person let in. */
export const allowedApp = z.strictObject({
  id: uuid(),
  name: z.string(),
  scopes: z.array(appScope),
  allowedAt: instant(),
});
export type AllowedApp = z.infer<typeof allowedApp>;
export const allowedAppPage = page(allowedApp);

/** What the protocol itself defines (OpenID Connect Core and Discovery, OAuth 2.1): not ours to describe. */
export const protocolAnswer = z.record(z.string(), z.unknown());
