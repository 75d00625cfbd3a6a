import { inflateRawSync } from 'node:zlib';
import { newConnection } from '#libs/contracts/auth';
import type { TenantRef } from '#libs/tenancy';
import { ChangeConnectionState } from '../src/connection/change-connection-state.use-case.js';
import { addressesOf, type Connection } from '../src/connection/connection.js';
import { ConnectionRepository } from '../src/connection/connection.repository.js';
import { CreateConnection } from '../src/connection/create-connection.use-case.js';
import { FinishSignIn } from '../src/federation/finish-sign-in.use-case.js';
import type { Settled } from '../src/federation/settle-answer.use-case.js';
import { StartSignIn } from '../src/federation/start-sign-in.use-case.js';
import { ReceiveOidcCallback } from '../src/oidc/receive-oidc-callback.use-case.js';
import { ReceiveSamlResponse } from '../src/saml/receive-saml-response.use-case.js';
import { ShowAttempts } from '../src/connection/show-attempts.use-case.js';
import { anActor, authOnShard, type AuthOnShard } from './auth-on-shard.js';
import { TestOpenProvider } from './open-provider.js';
import { TestIdp, type Said, type Signing } from './saml-idp.js';

const BROWSER = 'b'.repeat(43);
const site = { scheme: 'https', host: 'tenant-1.harka.test' } as const;

/** Two academies, a SAML and an OpenID provider, and everything between them but HTTP: for attacks and for sign-ins that work. */
export class SignInLab {
  private constructor(
    readonly auth: AuthOnShard,
    readonly idp: TestIdp,
    readonly op: TestOpenProvider,
    readonly here: TenantRef,
    readonly there: TenantRef,
  ) {}

  static async open(): Promise<SignInLab> {
    const [idp, op] = await Promise.all([TestIdp.make(), TestOpenProvider.start()]);
    const settings = { HARKA_OUTBOUND_ALLOW: op.host };
    const auth = await authOnShard({ settings });
    const [here, there] = auth.shard.tenants.map((tenant): TenantRef => ({ ...tenant, plan: 'enterprise' }));
    if (here === undefined || there === undefined) throw new Error('Two tenants are needed.');
    return new SignInLab(auth, idp, op, here, there);
  }

  async close(): Promise<void> {
    await this.op.close();
    await this.auth.close();
  }

  get now(): Date {
    return this.auth.clock.now();
  }

  nobody<R>(work: () => R, tenant = this.here): R {
    return this.auth.as(tenant, {}, work, { userAgent: 'Browser', ip: '192.0.2.1' });
  }

  owner<R>(work: () => R, tenant = this.here): R {
    return this.auth.as(tenant, anActor('owner'), work);
  }

  /** A connection that is open. */
  async connection(
    change: Partial<Record<'saml' | 'oidc' | 'provisioning', object>> = {},
    kind: 'saml' | 'oidc' = 'saml',
    tenant = this.here,
  ): Promise<Connection> {
    const provisioning = { mode: 'create', emailDomains: 'any', ...change.provisioning };
    const input = newConnection.parse(
      kind === 'saml'
        ? { kind, name: 'Company', provisioning, saml: { metadataXml: this.idp.metadata(), ...change.saml } }
        : {
            ...{ kind, name: 'Company', provisioning },
            oidc: {
              issuer: this.op.issuer,
              clientId: this.op.clientId,
              clientSecret: this.op.clientSecret,
              ...change.oidc,
            },
          },
    );
    return this.owner(async () => {
      const made = await this.auth.get(CreateConnection).execute(input, site);
      const repository = this.auth.get(ConnectionRepository);
      await repository.save({ ...made, testedAt: this.now, testedBy: null, state: 'tested' });
      return this.auth.get(ChangeConnectionState).enable(made.id);
    }, tenant);
  }

  /** Where the browser is sent. */
  async start(connection: Connection, tenant = this.here, browserToken = BROWSER): Promise<URL> {
    const asked = {
      connectionId: connection.id,
      origin: connection.origin,
      returnTo: '/courses',
      test: undefined,
      browserToken,
    };
    return new URL(await this.nobody(() => this.auth.get(StartSignIn).execute(asked), tenant));
  }

  /** What a right response to a new question says. */
  async said(connection: Connection): Promise<Said> {
    const question = await this.start(connection);
    return { ...this.saidTo(connection), inResponseTo: requestIdOf(question) };
  }

  saidTo(connection: Connection): Said {
    const { acs, samlMetadata } = addressesOf(connection);
    return { acs, spEntityId: samlMetadata, now: this.now };
  }

  post(
    connection: Pick<Connection, 'id'>,
    xml: string,
    tenant = this.here,
    relayState?: string,
  ): Promise<Settled> {
    const response = Buffer.from(xml).toString('base64');
    return this.nobody(
      () => this.auth.get(ReceiveSamlResponse).execute(connection.id, { response, relayState }),
      tenant,
    );
  }

  respond(connection: Connection, said: Said, signing?: Signing): Promise<Settled> {
    return this.post(connection, this.idp.response(said, signing));
  }

  callback(
    connection: Pick<Connection, 'id'>,
    answer: Record<string, string>,
    tenant = this.here,
  ): Promise<Settled> {
    return this.nobody(
      () => this.auth.get(ReceiveOidcCallback).execute(connection.id, new URLSearchParams(answer)),
      tenant,
    );
  }

  finish(settled: Settled, browserToken: string | null = BROWSER, tenant = this.here) {
    const handle = settled.kind === 'handoff' ? settled.handle : 'none';
    return this.nobody(() => this.auth.get(FinishSignIn).inBrowser(handle, browserToken), tenant);
  }

  confirm(settled: Settled) {
    const handle = settled.kind === 'handoff' ? settled.handle : 'none';
    return this.nobody(() => this.auth.get(FinishSignIn).confirmed(handle));
  }

  requestIdOf(question: URL): string {
    return requestIdOf(question);
  }

  /** Why the last one was refused, as the trace of the connection says; null when it was not. */
  async reasonOf(settled: Settled, connection: Connection): Promise<string | null> {
    if (settled.kind !== 'refused') return null;
    const detail = await this.owner(() => this.auth.get(ShowAttempts).one(connection.id, settled.attemptId));
    return detail.reason;
  }
}

function requestIdOf(question: URL): string {
  const xml = inflateRawSync(
    Buffer.from(question.searchParams.get('SAMLRequest') ?? '', 'base64'),
  ).toString();
  return /\bID="([^"]+)"/.exec(xml)?.[1] ?? '';
}
