import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash, randomBytes } from 'node:crypto';
import { newApp, type NewApp } from '#libs/contracts/auth';
import type { TenantRef } from '#libs/tenancy';
import { RegisterApp, type RegisteredApp } from '../src/app/register-app.use-case.js';
import { AppLogout } from '../src/issuer/app-logout.use-case.js';
import { AppSignIn, type NextStep } from '../src/issuer/app-sign-in.use-case.js';
import { AppTokens } from '../src/issuer/app-tokens.use-case.js';
import { tellAppsJob } from '../src/issuer/tell-apps.job.js';
import { TellApps } from '../src/issuer/tell-apps.use-case.js';
import type { SignIn } from '../src/session/sign-in.js';
import { actorOf, anActor, authOnShard, type AuthOnShard } from './auth-on-shard.js';

export const REDIRECT = 'https://app.example/back';
export const AFTER_LOGOUT = 'https://app.example/bye';
const site = { scheme: 'https', host: 'tenant-1.harka.test' } as const;

/** What an app sends a browser with. */
export interface AppQuestionParts {
  readonly verifier?: string;
  readonly change?: Readonly<Record<string, string | undefined>>;
}

/** A browser: it keeps cookies, and may be signed in. */
export class LabBrowser {
  private readonly cookies = new Map<string, string>();
  signIn: SignIn | null = null;

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  take({ cookies }: NextStep): void {
    for (const text of cookies) {
      const [pair = ''] = text.split(';');
      const [name = '', ...value] = pair.split('=');
      this.cookies.set(name, value.join('='));
    }
  }
}

/** Two academies and an app of the first; everything between them but HTTP. */
export class AppLab {
  /** Logout tokens that the app was told. */
  readonly told: string[] = [];
  /** What the app answers when it is told. */
  answer = 200;

  private constructor(
    readonly auth: AuthOnShard,
    readonly here: TenantRef,
    readonly there: TenantRef,
    private readonly hearing: Server,
  ) {}

  static async open(): Promise<AppLab> {
    const hearing = createServer();
    await new Promise<void>((resolve) => hearing.listen(0, '127.0.0.1', resolve));
    const { port } = hearing.address() as AddressInfo;
    const auth = await authOnShard({ settings: { HARKA_OUTBOUND_ALLOW: `127.0.0.1:${port}` } });
    const [here, there] = auth.shard.tenants.map((tenant): TenantRef => ({ ...tenant, plan: 'enterprise' }));
    if (here === undefined || there === undefined) throw new Error('Two tenants are needed.');
    const lab = new AppLab(auth, here, there, hearing);
    hearing.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        lab.told.push(new URLSearchParams(body).get('logout_token') ?? '');
        response.writeHead(lab.answer).end();
      });
    });
    return lab;
  }

  async close(): Promise<void> {
    await this.auth.close();
    await new Promise((resolve) => this.hearing.close(resolve));
  }

  get logoutUri(): string {
    return `http://127.0.0.1:${(this.hearing.address() as AddressInfo).port}/logout`;
  }

  async app(change: Partial<NewApp> = {}, tenant = this.here): Promise<RegisteredApp> {
    const input = newApp.parse({
      ...{ name: 'Partner', redirectUris: [REDIRECT], postLogoutRedirectUris: [AFTER_LOGOUT] },
      ...{
        firstParty: true,
        backchannelLogoutUri: this.logoutUri,
        scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
      },
      ...change,
    });
    const { slug } = tenant;
    return this.auth.as(tenant, anActor('owner'), () =>
      this.auth.get(RegisterApp).execute(input, { scheme: 'https', host: `${slug}.harka.test` }),
    );
  }

  /** The query of a question, right but for `change`. */
  query({ app }: RegisteredApp, { verifier = VERIFIER, change = {} }: AppQuestionParts = {}): string {
    const parts: Record<string, string | undefined> = {
      ...{
        client_id: app.id,
        redirect_uri: REDIRECT,
        response_type: 'code',
        scope: 'openid profile email groups',
      },
      ...{
        state: 'state-1',
        nonce: 'nonce-1',
        code_challenge_method: 'S256',
        code_challenge: challengeOf(verifier),
      },
      ...change,
    };
    const given = Object.entries(parts).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return new URLSearchParams(given).toString();
  }

  /** Follows the browser through our own addresses; answers the first that is none of ours, or a page. */
  async follow(browser: LabBrowser, first: string, tenant = this.here): Promise<string> {
    const origin = `https://${tenant.slug}.harka.test`;
    let url = first;
    for (let steps = 0; steps < 6; steps += 1) {
      const { pathname, search, origin: at } = new URL(url, origin);
      if (at !== origin || !pathname.startsWith('/oidc/')) return url;
      const step = await this.visit(browser, pathname, search.slice(1), tenant);
      browser.take(step);
      url = step.url;
    }
    throw new Error(`This leads nowhere: ${url}`);
  }

  visit(browser: LabBrowser, path: string, rawQuery: string, tenant = this.here): Promise<NextStep> {
    const visit = {
      ...site,
      host: `${tenant.slug}.harka.test`,
      rawQuery,
      headers: { cookie: browser.cookie },
    };
    const id = path.split('/')[3] ?? '';
    return this.in(browser, tenant, () => {
      const signIn = this.auth.get(AppSignIn);
      if (path.startsWith('/oidc/interaction/')) return signIn.interact(id, visit);
      return path === '/oidc/auth' ? signIn.start(visit) : signIn.resume(id, visit);
    });
  }

  in<R>(browser: LabBrowser, tenant: TenantRef, work: () => R): R {
    const { signIn } = browser;
    return this.auth.as(tenant, signIn === null ? {} : actorOf(signIn.user, signIn.sessionId), work);
  }

  /** From the app and back to it: what the browser brings. */
  async ask(browser: LabBrowser, made: RegisteredApp, parts: AppQuestionParts = {}): Promise<URL> {
    return new URL(
      await this.follow(browser, `/oidc/auth?${this.query(made, parts)}`),
      'https://tenant-1.harka.test',
    );
  }

  async code(browser: LabBrowser, made: RegisteredApp, parts: AppQuestionParts = {}): Promise<string> {
    const back = await this.ask(browser, made, parts);
    const code = back.searchParams.get('code');
    if (code === null) throw new Error(`No code: ${back.href}`);
    return code;
  }

  /** What the app sends by itself. */
  token(made: RegisteredApp, form: Readonly<Record<string, string>>, tenant = this.here) {
    const { app, clientSecret } = made;
    const body = new URLSearchParams(
      clientSecret === null ? { client_id: app.id, ...form } : form,
    ).toString();
    const authorization =
      clientSecret === null ? undefined : `Basic ${btoa(`${app.id}:${encodeURIComponent(clientSecret)}`)}`;
    return this.auth.as(tenant, {}, () =>
      this.auth.get(AppTokens).post('/token', { headers: { authorization } }, body),
    );
  }

  /** The same of an app that proves itself by what it signed. */
  keyed(form: Readonly<Record<string, string>>, tenant = this.here) {
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const body = new URLSearchParams({
      ...('client_assertion' in form ? { client_assertion_type: type } : {}),
      ...form,
    });
    return this.auth.as(tenant, {}, () =>
      this.auth.get(AppTokens).post('/token', { headers: {} }, body.toString()),
    );
  }

  async exchange(
    made: RegisteredApp,
    code: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Tokens> {
    const answer = await this.token(made, {
      ...{ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER },
      ...more,
    });
    return { status: answer.status, ...(JSON.parse(answer.body) as object) };
  }

  async refresh(made: RegisteredApp, token: string | undefined): Promise<Tokens> {
    const answer = await this.token(made, { grant_type: 'refresh_token', refresh_token: token ?? '' });
    return { status: answer.status, ...(JSON.parse(answer.body) as object) };
  }

  async userinfo(token: string | undefined, tenant = this.here) {
    const headers = { authorization: `Bearer ${token ?? ''}` };
    const answer = await this.auth.as(tenant, {}, () => this.auth.get(AppTokens).read('/me', { headers }));
    return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
  }

  async read(path: '/jwks' | '/.well-known/openid-configuration', tenant = this.here) {
    const answer = await this.auth.as(tenant, {}, () => this.auth.get(AppTokens).read(path, { headers: {} }));
    return JSON.parse(answer.body) as Record<string, unknown>;
  }

  leave(browser: LabBrowser, query: Readonly<Record<string, string>>, tenant = this.here) {
    const rawQuery = new URLSearchParams(query).toString();
    const visit = {
      ...site,
      host: `${tenant.slug}.harka.test`,
      rawQuery,
      headers: { cookie: browser.cookie },
    };
    return this.in(browser, tenant, () => this.auth.get(AppLogout).start(visit));
  }

  /** Reacts to what happened, and does at once what that asks for. What is to be tried again waits for `again`. */
  async settle(): Promise<void> {
    await this.auth.react(this.here);
    await this.again();
  }

  async again(): Promise<void> {
    const jobs = this.auth.queue.jobs.splice(0).filter(({ name }) => name === tellAppsJob.name);
    for (const { payload } of jobs) {
      const { sessionId, appId } = payload as { sessionId: string; appId: string };
      await this.auth.as(this.here, {}, () => this.auth.get(TellApps).execute(sessionId, appId));
    }
  }
}

interface Tokens {
  readonly status: number;
  readonly access_token?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly error?: string;
}

export const VERIFIER = randomBytes(32).toString('base64url');
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');
