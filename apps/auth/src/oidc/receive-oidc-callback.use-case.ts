import { Injectable } from '@nestjs/common';
import type { AttemptCheck } from '#libs/contracts/auth';
import { Clock, DomainError } from '#libs/kernel';
import { authorizationCodeGrant, fetchUserInfo, type Configuration } from 'openid-client';
import { addressesOf, isOidc, type OidcConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { OneTimeStore } from '../federation/one-time-store.js';
import { Refusal } from '../federation/refusal.js';
import { SettleAnswer, type Settled } from '../federation/settle-answer.use-case.js';
import { flowKey, signInFlow, type FederatedClaims, type SignInFlow } from '../federation/sign-in-flow.js';
import { OidcClients } from './oidc-clients.js';
import { reasonOf } from './oidc-fault.js';

type Claims = Readonly<Record<string, unknown>>;

const SKEW_SECONDS = 60;
const OLDEST_SECONDS = 600;
/** What is ours to check, or of the token and not of the person. */
const ofTheToken = new Set([
  'iss',
  'aud',
  'exp',
  'iat',
  'nbf',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'azp',
  'jti',
  'sid',
]);

/** Takes the answer of an OpenID provider: the question it answers, the code for tokens, and what the ID token says. */
@Injectable()
export class ReceiveOidcCallback {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clients: OidcClients,
    private readonly store: OneTimeStore,
    private readonly settling: SettleAnswer,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal where there is no such connection */
  async execute(connectionId: string, answer: URLSearchParams): Promise<Settled> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null || !isOidc(connection)) throw new Refusal('connection_unknown');
    const checks: AttemptCheck[] = [];
    const flow = await this.flowOf(connectionId, answer);
    const found = { connection, flow, checks, returnTo: flow?.returnTo ?? '/' };
    let raw: string | null = null;
    try {
      note(checks, 'state', flow !== null, null, answer.get('state'));
      if (flow === null) throw new Refusal('state');
      const { claims, idToken } = await this.exchanged(connection, flow, answer, (said) => {
        raw = said;
      });
      this.judge(connection, claims, checks);
      return await this.settling.execute({
        ...found,
        raw,
        reason: null,
        claims: federatedOf(claims, idToken),
      });
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof DomainError)) throw error;
      const reason = error instanceof Refusal ? error.reason : 'provider_unreachable';
      if (checks.every(({ ok }) => ok)) {
        const { expected = null, actual = null } =
          error instanceof Refusal ? error.found : { actual: error.message };
        note(checks, reason, false, expected, actual);
      }
      return this.settling.execute({ ...found, raw, reason, claims: null });
    }
  }

  /** The question that it answers; it is answered once, right or wrong. */
  private async flowOf(connectionId: string, answer: URLSearchParams): Promise<SignInFlow | null> {
    const states = answer.getAll('state');
    const [state] = states;
    if (state === undefined || states.length > 1 || state.length > 200) return null;
    const flow = signInFlow.safeParse(await this.store.take('flow', flowKey(connectionId, state)));
    return flow.success && flow.data.connectionId === connectionId ? flow.data : null;
  }

  private async exchanged(
    connection: OidcConnection,
    flow: SignInFlow,
    answer: URLSearchParams,
    said: (raw: string) => void,
  ): Promise<{ claims: Claims; idToken: string | null }> {
    const { configuration } = await this.clients.of(connection);
    const url = new URL(addressesOf(connection).oidcCallback);
    url.search = answer.toString();
    try {
      const tokens = await authorizationCodeGrant(configuration, url, {
        expectedState: answer.get('state') ?? '',
        ...(flow.nonce === null ? {} : { expectedNonce: flow.nonce }),
        ...(flow.codeVerifier === null ? {} : { pkceCodeVerifier: flow.codeVerifier }),
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Refusal('id_token');
      said(JSON.stringify(claims, null, 2));
      const more = await moreClaims(configuration, connection, tokens.access_token, claims.sub);
      const all = { ...more, ...claims };
      said(JSON.stringify({ idToken: claims, ...(more === null ? {} : { userinfo: more }) }, null, 2));
      return { claims: all, idToken: tokens.id_token ?? null };
    } catch (error) {
      throw reasonOf(error);
    }
  }

  private judge({ oidc }: OidcConnection, claims: Claims, checks: AttemptCheck[]): void {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const issued = typeof claims['iat'] === 'number' ? claims['iat'] : Number.NaN;
    const isFresh = issued <= now + SKEW_SECONDS && issued >= now - OLDEST_SECONDS;
    note(
      checks,
      'age',
      isFresh,
      new Date(now * 1000).toISOString(),
      Number.isNaN(issued) ? null : new Date(issued * 1000).toISOString(),
    );
    for (const [name, wanted] of Object.entries(oidc.requiredClaims)) {
      const actual = Object.hasOwn(claims, name) ? claims[name] : undefined;
      note(checks, `claim_${name}`, actual === wanted, wanted, typeof actual === 'string' ? actual : null);
    }
    const failed = checks.find(({ ok }) => !ok);
    if (failed !== undefined) throw new Refusal(failed.check, failed);
  }
}

function note(
  checks: AttemptCheck[],
  check: string,
  ok: boolean,
  expected: string | null,
  actual: string | null,
): void {
  checks.push({ check, ok, expected, actual });
}

/** Groups that are too many for a token are told here (Entra's overage, for one). The subject must be the same. */
async function moreClaims(
  configuration: Configuration,
  { oidc }: OidcConnection,
  accessToken: string,
  subject: string,
): Promise<Claims | null> {
  if (!oidc.userinfo || configuration.serverMetadata().userinfo_endpoint === undefined) return null;
  return fetchUserInfo(configuration, accessToken, subject);
}

function federatedOf(claims: Claims, idToken: string | null): FederatedClaims {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : null);
  const amr = Array.isArray(claims['amr']) ? claims['amr'] : [];
  return {
    ...{ issuer: text('iss') ?? '', subject: text('sub') ?? '', providerSession: text('sid') },
    attributes: Object.entries(claims)
      .filter(([name]) => !ofTheToken.has(name))
      .slice(0, 200)
      .flatMap(([name, value]): [string, string[]][] => {
        const values = valuesOf(value);
        return values.length === 0 ? [] : [[name, values]];
      }),
    logoutHint: idToken,
    sessionUntil: null,
    amr: amr.filter((one): one is string => typeof one === 'string').slice(0, 10),
  };
}

function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf).slice(0, 1_000);
  if (typeof value === 'string') return [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
