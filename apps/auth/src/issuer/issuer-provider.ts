import { hmacSha256 } from '#libs/crypto';
import { appScopes } from '#libs/contracts/auth';
import {
  Provider,
  errors,
  interactionPolicy,
  type Adapter,
  type Configuration,
  type JWK,
} from 'oidc-provider';
import type { App } from '../app/app.js';
import type { Consent } from '../app/app.repository.js';
import { accountRefOf, claimsOf, type AccountRef, type AppAccount } from './app-account.js';
import { issuerAlgorithms, issuerOf, issuerPath, type Issuer } from './issuer.js';

/** What the provider of a tenant has to ask us. */
export interface IssuerParts {
  readonly adapters: (kind: string) => Adapter;
  readonly keys: readonly Record<string, unknown>[];
  readonly app: (id: string) => Promise<App | null>;
  readonly isSecret: (appId: string, shown: string) => Promise<boolean>;
  readonly account: (ref: AccountRef, offline: boolean) => Promise<AppAccount | null>;
  readonly consent: (userId: string, appId: string) => Promise<Consent | null>;
}

const MINUTE = 60;
const DAY = 86_400;
export const appLifetimes = {
  code: MINUTE,
  accessToken: 15 * MINUTE,
  idToken: 15 * MINUTE,
  interaction: 30 * MINUTE,
  /** A refresh token that is not used for so long is over … */
  refreshToken: 30 * DAY,
  /** … and none of a sign-in lives longer than this. */
  grant: 90 * DAY,
  session: 30 * DAY,
} as const;

/** Of what an app signs to prove that it is itself: that it was shown is remembered for so long. */
const longestAssertionMs = 10 * MINUTE * 1000;

export const problemPage = (code: string): string => `/app-sign-in?problem=${encodeURIComponent(code)}`;

/** The certified library, set up as strictly as it goes: code and PKCE, exact addresses, one issuer. */
export function issuerProvider(issuer: Issuer, parts: IssuerParts): Provider {
  const provider = new Provider(issuerOf(issuer), configurationOf(issuer, parts));
  // The only proxy there is stands before the gateway; what it says is set by us.
  provider.proxy = true;
  Object.assign(provider.Client.prototype, {
    includeSid: () => true,
    compareClientSecret(this: { readonly clientId: string }, shown: string) {
      return parts.isSecret(this.clientId, shown);
    },
  });
  return provider;
}

function configurationOf(issuer: Issuer, parts: IssuerParts): Configuration {
  const secure = issuer.origin.startsWith('https:');
  const off = { enabled: false };
  return {
    adapter: parts.adapters,
    jwks: { keys: [...(parts.keys as readonly JWK[])] },
    responseTypes: ['code'],
    scopes: [...appScopes],
    subjectTypes: ['pairwise'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    pkce: { required: () => true },
    claims: {
      openid: ['sub'],
      profile: ['name', 'locale', 'zoneinfo', 'updated_at'],
      email: ['email', 'email_verified'],
      groups: ['groups', 'role'],
      acr: null,
      amr: null,
      auth_time: null,
      sid: null,
      iss: null,
    },
    // Many apps read the ID token alone.
    conformIdTokenClaims: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    enabledJWA: {
      // Ed25519 has two names (RFC 8037, RFC 9864).
      clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'],
      idTokenSigningAlgValues: [...issuerAlgorithms],
      userinfoSigningAlgValues: [...issuerAlgorithms],
    },
    cookies: {
      names: {
        session: secure ? '__Host-harka_oidc' : 'harka_oidc',
        interaction: 'harka_oidc_interaction',
        resume: 'harka_oidc_resume',
      },
      long: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      short: { httpOnly: true, sameSite: 'lax', secure },
    },
    discovery: { ui_locales_supported: ['en', 'de', 'ar'], subject_types_supported: ['public', 'pairwise'] },
    features: {
      devInteractions: off,
      dPoP: off,
      pushedAuthorizationRequests: off,
      resourceIndicators: off,
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: true },
    },
    ttl: {
      AuthorizationCode: appLifetimes.code,
      AccessToken: appLifetimes.accessToken,
      IdToken: appLifetimes.idToken,
      Interaction: appLifetimes.interaction,
      Grant: appLifetimes.grant,
      Session: appLifetimes.session,
      RefreshToken: (_ctx, token) => {
        const age = Math.floor(Date.now() / 1000) - (token.iiat ?? Math.floor(Date.now() / 1000));
        return Math.max(1, Math.min(appLifetimes.refreshToken, appLifetimes.grant - age));
      },
    },
    interactions: {
      url: (_ctx, interaction) => `${issuerPath}/interaction/${interaction.uid}`,
      policy: interactionPolicy.base(),
    },
    // What an app was given hangs on our session instead (`account`).
    expiresWithSession: () => false,
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    pairwiseIdentifier: async (_ctx, accountId, client) =>
      subjectOf(issuer, await parts.app(client.clientId), accountId),
    findAccount: async (_ctx, accountId, token) => {
      const ref = accountRefOf(accountId);
      const offline = token !== undefined && 'scopes' in token && token.scopes.has('offline_access');
      const account = ref === null ? null : await parts.account(ref, offline);
      return account === null
        ? undefined
        : { accountId, claims: () => ({ sub: accountId, ...claimsOf(account) }) };
    },
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      const ref = accountRefOf(session?.accountId);
      if (client === undefined || session === undefined || ref === null) return undefined;
      const asked = [...ctx.oidc.requestParamOIDCScopes];
      const known = session.grantIdFor(client.clientId);
      const before = known === undefined ? undefined : await provider.Grant.find(known);
      if (before !== undefined && asked.every((scope) => before.getOIDCScope().split(' ').includes(scope))) {
        return before;
      }
      const app = await parts.app(client.clientId);
      const allowed =
        app?.firstParty === true ? asked : (await parts.consent(ref.userId, client.clientId))?.scopes;
      if (allowed === undefined || !asked.every((scope) => allowed.includes(scope))) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(asked.join(' '));
      await grant.save();
      return grant;
    },
    assertJwtClientAuthClaimsAndHeader: (_ctx, { exp }) => {
      if (Number(exp) * 1000 <= Date.now() + longestAssertionMs) return;
      throw new errors.InvalidClientAuth('a client assertion is good for ten minutes at most');
    },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => uri.startsWith('http') && new URL(uri).origin === origin),
    renderError: (ctx, out) => {
      ctx.redirect(problemPage(out.error));
      ctx.status = 303;
    },
    // Nothing that an app is registered with is ever fetched.
    sectorIdentifierUriValidate: () => false,
    fetch: () => {
      throw new errors.InvalidRequest('nothing is fetched');
    },
  };
}

/** How an app knows a person: by his id, or by one that no other app and no other academy knows. */
export function subjectOf(
  { pairwiseSalt }: Pick<Issuer, 'pairwiseSalt'>,
  app: Pick<App, 'id' | 'subject'> | null,
  accountId: string,
): string {
  const userId = accountRefOf(accountId)?.userId ?? '';
  if (app?.subject !== 'pairwise') return userId;
  return hmacSha256(pairwiseSalt, Buffer.from(`${app.id} ${userId}`)).toString('base64url');
}
