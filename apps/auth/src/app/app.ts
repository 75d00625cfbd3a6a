import type { App as AppView, AppKey, AppScope, NewApp } from '#libs/contracts/auth';
import { equalSecrets, randomToken, sha256 } from '#libs/crypto';

/** What of a secret is kept: never the secret. */
export interface AppSecret {
  /** SHA-256, base64url; the secret has full entropy, so nothing slower is needed. */
  readonly hash: string;
  /** Its last characters, so that people can tell two apart. */
  readonly hint: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

/** A program of the academy or of a partner that signs people in by this academy: a client, as OAuth says. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly kind: AppView['kind'];
  readonly authentication: AppView['authentication'];
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string | null;
  readonly scopes: readonly AppScope[];
  readonly firstParty: boolean;
  readonly subject: AppView['subject'];
  readonly idTokenAlgorithm: AppView['idTokenAlgorithm'];
  readonly publicKeys: readonly AppKey[];
  readonly secrets: readonly AppSecret[];
  readonly enabled: boolean;
  readonly lastUsedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const MOST_APPS = 100;
/** The newest, and those that are on their way out. */
const MOST_SECRETS = 3;
const HINT = 4;

export function createApp(id: string, input: NewApp, secrets: readonly AppSecret[], now: Date): App {
  const { authentication, ...settings } = input;
  return {
    ...settings,
    ...{ id, secrets, enabled: true, lastUsedAt: null, version: 1, createdAt: now, updatedAt: now },
    authentication: input.kind === 'public' ? 'none' : authentication,
    scopes: withOpenid(input.scopes),
  };
}

/** Whether it shows a secret to prove that it is itself. */
export function hasSecret({ authentication }: Pick<App, 'authentication'>): boolean {
  return authentication === 'client_secret_basic' || authentication === 'client_secret_post';
}

/** Without `openid` it would be no sign-in. */
export function withOpenid(scopes: readonly AppScope[]): AppScope[] {
  return [...new Set<AppScope>(['openid', ...scopes])];
}

export function newAppSecret(now: Date): { secret: AppSecret; text: string } {
  const text = `has_${randomToken()}`;
  const secret = {
    ...{ hash: hashOf(text), hint: text.slice(-HINT), createdAt: now.toISOString(), expiresAt: null },
  };
  return { secret, text };
}

/** The secrets after a new one came: what is over goes, what was the last holds on until then. */
export function rotated(
  secrets: readonly AppSecret[],
  fresh: AppSecret,
  until: Date,
  now: Date,
): AppSecret[] {
  const old = goodSecrets(secrets, now).map((secret) => ({
    ...secret,
    expiresAt: earlier(secret.expiresAt, until),
  }));
  return [fresh, ...goodSecrets(old, now)].slice(0, MOST_SECRETS);
}

export function goodSecrets(secrets: readonly AppSecret[], now: Date): AppSecret[] {
  return secrets.filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > now);
}

/** Whether a text is one of the secrets that hold now. All are compared, whichever it is. */
export function isSecretOf(secrets: readonly AppSecret[], text: string, now: Date): boolean {
  const shown = Buffer.from(hashOf(text));
  return goodSecrets(secrets, now)
    .map(({ hash }) => equalSecrets(Buffer.from(hash), shown))
    .includes(true);
}

export function appView(app: App, now: Date): AppView {
  const { id, name, kind, authentication, backchannelLogoutUri, firstParty, subject } = app;
  return {
    ...{ id, name, kind, authentication, backchannelLogoutUri, firstParty, subject },
    ...{ idTokenAlgorithm: app.idTokenAlgorithm, enabled: app.enabled },
    redirectUris: [...app.redirectUris],
    postLogoutRedirectUris: [...app.postLogoutRedirectUris],
    scopes: [...app.scopes],
    publicKeys: [...app.publicKeys],
    secrets: goodSecrets(app.secrets, now).map(({ hint, createdAt, expiresAt }) => ({
      hint,
      createdAt,
      expiresAt,
    })),
    lastUsedAt: app.lastUsedAt?.toISOString() ?? null,
    createdAt: app.createdAt.toISOString(),
    updatedAt: app.updatedAt.toISOString(),
  };
}

/** What an event says of an app. */
export function toldOfApp({ id, name, kind, firstParty, enabled, redirectUris, scopes }: App) {
  const lists = { redirectUris: [...redirectUris], scopes: [...scopes] };
  return { appId: id, name, kind, firstParty, enabled, ...lists };
}

function earlier(one: string | null, other: Date): string {
  return one !== null && new Date(one) < other ? one : other.toISOString();
}

const hashOf = (text: string) => sha256(text).toString('base64url');
