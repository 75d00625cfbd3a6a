import { newConnection } from '#libs/contracts/auth';
import type { TenantRef } from '#libs/tenancy';
import { ChangeConnectionState } from '../src/connection/change-connection-state.use-case.js';
import type { Connection } from '../src/connection/connection.js';
import { ConnectionRepository } from '../src/connection/connection.repository.js';
import { CreateConnection } from '../src/connection/create-connection.use-case.js';
import { ShowAttempts } from '../src/connection/show-attempts.use-case.js';
import { TestConnection } from '../src/connection/test-connection.use-case.js';
import { FinishSignIn } from '../src/federation/finish-sign-in.use-case.js';
import { StartSignIn } from '../src/federation/start-sign-in.use-case.js';
import { RunLdapSyncs } from '../src/ldap-sync/run-ldap-syncs.use-case.js';
import { ShowLdapSyncs } from '../src/ldap-sync/show-ldap-syncs.use-case.js';
import { StartLdapSync } from '../src/ldap-sync/start-ldap-sync.use-case.js';
import { SignInByLdap } from '../src/ldap/sign-in-by-ldap.use-case.js';
import { anActor, authOnShard, type AuthOnShard } from './auth-on-shard.js';
import { TestDirectory, type TestDirectoryOptions } from './test-directory.js';

const BROWSER = 'b'.repeat(43);
const site = { scheme: 'https', host: 'tenant-1.harka.test' } as const;

/** An academy, a real directory, and everything between them but HTTP. */
export class LdapLab {
  private constructor(
    readonly auth: AuthOnShard,
    readonly directory: TestDirectory,
    readonly here: TenantRef,
    readonly there: TenantRef,
  ) {}

  /** `allow`: what the operator allows besides this directory. */
  static async open(options: TestDirectoryOptions, allow: readonly string[] = []): Promise<LdapLab> {
    const directory = await TestDirectory.start(options);
    const settings = { HARKA_OUTBOUND_ALLOW: [directory.allow, ...allow].join(',') };
    const auth = await authOnShard({ settings });
    const [here, there] = auth.shard.tenants.map((tenant): TenantRef => ({ ...tenant, plan: 'enterprise' }));
    if (here === undefined || there === undefined) throw new Error('Two tenants are needed.');
    return new LdapLab(auth, directory, here, there);
  }

  async close(): Promise<void> {
    await this.auth.close();
    await this.directory.stop();
  }

  nobody<R>(work: () => R, ip = '192.0.2.1'): R {
    return this.auth.as(this.here, {}, work, { userAgent: 'Browser', ip });
  }

  owner<R>(work: () => R): R {
    return this.auth.as(this.here, anActor('owner'), work);
  }

  /** A draft of a connection. */
  async draft(ldap: object = {}, rest: object = {}): Promise<Connection> {
    const input = newConnection.parse({
      ...{ kind: 'ldap', name: 'Corp', provisioning: { mode: 'create', emailDomains: 'any' }, ...rest },
      ldap: this.directory.input(ldap),
    });
    return this.owner(() => this.auth.get(CreateConnection).execute(input, site));
  }

  /** A connection that is open. */
  async connection(ldap: object = {}, rest: object = {}): Promise<Connection> {
    const made = await this.draft(ldap, rest);
    return this.owner(async () => {
      const now = this.auth.clock.now();
      await this.auth.get(ConnectionRepository).save({ ...made, testedAt: now, state: 'tested' });
      return this.auth.get(ChangeConnectionState).enable(made.id);
    });
  }

  /** Begins a sign-in, or a test, and gives what the browser is led to with. */
  async begin(
    connection: Connection,
    purpose: 'sign_in' | 'test' = 'sign_in',
    browserToken = BROWSER,
  ): Promise<string> {
    const test =
      purpose === 'test'
        ? (new URL(
            await this.owner(() => this.auth.get(TestConnection).execute(connection.id)),
          ).searchParams.get('test') ?? undefined)
        : undefined;
    const asked = {
      connectionId: connection.id,
      origin: connection.origin,
      returnTo: '/courses',
      test,
      browserToken,
    };
    const url = new URL(await this.nobody(() => this.auth.get(StartSignIn).execute(asked)));
    return url.hash.replace('#flow=', '');
  }

  answer(
    connection: Connection,
    flow: string,
    username: string,
    password: string,
    ip?: string,
    browserToken = BROWSER,
  ) {
    const typed = { connectionId: connection.id, flow, username, password, browserToken };
    return this.nobody(() => this.auth.get(SignInByLdap).execute(typed), ip);
  }

  /** The whole way. */
  async signIn(connection: Connection, username: string, password: string, ip?: string) {
    const settled = await this.answer(connection, await this.begin(connection), username, password, ip);
    const handle = settled.kind === 'handoff' ? settled.handle : 'none';
    return this.nobody(() => this.auth.get(FinishSignIn).inBrowser(handle, BROWSER));
  }

  /** Asks for a run, and lets a worker do what waits. */
  async sync(connection: Connection, kind: 'preview' | 'apply', allowDeactivations = 0) {
    const { id } = await this.ask(connection, kind, allowDeactivations);
    await this.work();
    return this.owner(() => this.auth.get(ShowLdapSyncs).one(connection.id, id));
  }

  ask(connection: Connection, kind: 'preview' | 'apply', allowDeactivations = 0) {
    return this.owner(() =>
      this.auth.get(StartLdapSync).execute(connection.id, { kind, allowDeactivations }),
    );
  }

  /** As a worker does. */
  work(): Promise<void> {
    return this.owner(() => this.auth.get(RunLdapSyncs).execute());
  }

  /** What the newest attempt of the trace says. */
  async lastAttempt(connection: Connection) {
    return this.owner(async () => {
      const { items } = await this.auth.get(ShowAttempts).page(connection.id, 1, undefined);
      const [newest] = items;
      if (newest === undefined) throw new Error('There is no attempt.');
      return this.auth.get(ShowAttempts).one(connection.id, newest.id);
    });
  }
}
