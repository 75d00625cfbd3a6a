import { z } from 'zod';
import { email, instant, page, text, uuid } from '../index.js';
import {
  attempt,
  certificateView,
  clientAuthentication,
  connectionProvider,
  connectionState,
  oidcInput,
  samlInput,
} from './connection.js';

/** What can be set up by a link: what browsers are led to. Directories are asked from here, with a password of theirs. */
const setupKind = z.enum(['saml', 'oidc']);
export type SetupKind = z.infer<typeof setupKind>;

const setupProvider = connectionProvider.exclude(['active_directory', 'openldap']);

/** `open`: waits to be opened or is in use; `finished`: whoever used it said so, or the connection was enabled. */
const setupLinkStatus = z.enum(['open', 'finished', 'expired', 'revoked']);

/** A way for people without an account to set up one connection, and nothing else. */
export const newSetupLink = z.strictObject({
  /** A connection that is not in use; left out: a new one. */
  connectionId: uuid().nullable().default(null),
  /** What the new one will be called; of a connection that is there already its name stays. */
  name: text(1, 100).optional(),
  /** Of a new one; null: whoever uses the link chooses. */
  kind: setupKind.nullable().default(null),
  provider: setupProvider.default('generic'),
  /** Who gets the link by mail; null: nobody, it is handed over by hand. */
  recipient: email().nullable().default(null),
  /** `one`: for the browser that opens it first; `many`: for whoever has it. */
  uses: z.enum(['one', 'many']).default('one'),
  days: z.int().min(1).max(30).default(7),
});
export type NewSetupLink = z.output<typeof newSetupLink>;

const setupLink = z.strictObject({
  id: uuid(),
  /** Of a new connection too: it is made with this id when the first settings are saved. */
  connectionId: uuid(),
  name: z.string(),
  kind: setupKind.nullable(),
  recipient: z.string().nullable(),
  uses: z.enum(['one', 'many']),
  status: setupLinkStatus,
  createdAt: instant(),
  expiresAt: instant(),
  /** When it was opened first. */
  openedAt: instant().nullable(),
  /** When something was last done by it. */
  usedAt: instant().nullable(),
  finishedAt: instant().nullable(),
});
export type SetupLinkView = z.infer<typeof setupLink>;
export const setupLinkList = page(setupLink);

export const madeSetupLink = z.strictObject({
  link: setupLink,
  /** The link itself: in this answer and in the mail, and nowhere else. */
  url: z.string(),
});

const token = z.string().min(20).max(100);
export const setupToken = z.strictObject({ token });

/** What the identity provider says of itself. How strict the academy is with it, is not for a link to change. */
export const setupInput = z.discriminatedUnion('kind', [
  z.strictObject({
    token,
    kind: z.literal('saml'),
    provider: setupProvider.optional(),
    saml: samlInput.pick({
      metadataUrl: true,
      metadataXml: true,
      entityId: true,
      ssoUrl: true,
      sloUrl: true,
      certificates: true,
    }),
  }),
  z.strictObject({
    token,
    kind: z.literal('oidc'),
    provider: setupProvider.optional(),
    oidc: oidcInput
      .pick({ issuer: true, clientId: true, clientSecret: true })
      .extend({ clientAuthentication: clientAuthentication.optional() }),
  }),
]);
export type SetupInput = z.output<typeof setupInput>;

export const setupAttemptInput = z.strictObject({ token, attemptId: uuid() });

/** All that a link shows: one connection, from the side of the identity provider. */
export const setup = z.strictObject({
  name: z.string(),
  kind: setupKind.nullable(),
  provider: connectionProvider,
  /** Null: nothing was saved yet. */
  state: connectionState.nullable(),
  expiresAt: instant(),
  /** What to give to a SAML provider. */
  sp: z.strictObject({
    entityId: z.string(),
    acsUrl: z.string(),
    sloUrl: z.string(),
    metadataUrl: z.string(),
  }),
  /** What to give to an OpenID provider. */
  rp: z.strictObject({
    redirectUri: z.string(),
    postLogoutRedirectUri: z.string(),
    backchannelLogoutUri: z.string(),
    jwksUri: z.string(),
  }),
  saml: z
    .strictObject({
      entityId: z.string(),
      ssoUrl: z.string(),
      metadataUrl: z.string().nullable(),
      certificates: z.array(certificateView),
    })
    .nullable(),
  oidc: z
    .strictObject({
      issuer: z.string(),
      clientId: z.string(),
      clientAuthentication,
      hasSecret: z.boolean(),
    })
    .nullable(),
  /** The last tests since the link was made, newest first. */
  tests: z.array(attempt),
});
export type SetupView = z.infer<typeof setup>;
