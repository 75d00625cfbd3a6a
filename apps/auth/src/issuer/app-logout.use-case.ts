import { Injectable } from '@nestjs/common';
import { randomToken } from '#libs/crypto';
import { currentActor } from '#libs/tenancy';
import { compactVerify, createLocalJWKSet, errors } from 'jose';
import { z } from 'zod';
import type { App } from '../app/app.js';
import { AppRepository } from '../app/app.repository.js';
import { OneTimeStore } from '../federation/one-time-store.js';
import { EndSession } from '../session/end-session.use-case.js';
import { SessionNotFound } from '../session/session.errors.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { AppSessions } from './app-sessions.js';
import { BrowserSession, type BrowserRequest } from './browser-session.js';
import { IssuerInstances, type IssuerInstance } from './issuer-instances.js';
import { problemPage } from './issuer-provider.js';
import { issuerOf, issuerPath } from './issuer.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEPT_SECONDS = 600;
const hint = z.object({ iss: z.string(), aud: z.string(), sid: z.string().optional() });
const wish = z.object({ app: z.string().nullable(), url: z.string() });

/** What became of the wish of an app that somebody signs out. */
export interface AppLogoutStep {
  readonly url: string;
  /** Whether somebody was signed out, so that his cookies go. */
  readonly ended: boolean;
}

const home = '/sign-in';

/**
 * Sign-out that an app began (OpenID Connect RP-Initiated Logout). Only who can show an ID token of the very session
 * of this browser ends it without a question; nobody is led anywhere but to an address that the app registered.
 */
@Injectable()
export class AppLogout {
  constructor(
    private readonly instances: IssuerInstances,
    private readonly browser: BrowserSession,
    private readonly apps: AppRepository,
    private readonly sessions: AppSessions,
    private readonly store: OneTimeStore,
    private readonly ending: EndSession,
  ) {}

  async start(visit: RequestSite & BrowserRequest & { readonly rawQuery: string }): Promise<AppLogoutStep> {
    const instance = await this.instances.current();
    const { origin } = instance.issuer;
    if (origin !== `${visit.scheme}://${visit.host}`) {
      return { url: `${origin}${issuerPath}/session/end?${visit.rawQuery}`, ended: false };
    }
    const asked = new URLSearchParams(visit.rawQuery);
    const said = await this.hintOf(instance, asked.get('id_token_hint'));
    if (said === 'invalid') return { url: problemPage('logout_hint'), ended: false };
    const clientId = asked.get('client_id') ?? said?.aud ?? '';
    if (said !== null && said.aud !== clientId) return { url: problemPage('logout_hint'), ended: false };
    const app = UUID.test(clientId) ? await this.apps.byId(clientId) : null;
    const back = asked.get('post_logout_redirect_uri');
    if (back !== null && app?.postLogoutRedirectUris.includes(back) !== true) {
      return { url: problemPage('logout_address'), ended: false };
    }
    const url = back === null ? home : withState(back, asked.get('state'));
    if (currentActor().by !== undefined) return { url: problemPage('acting'), ended: false };
    const ref = await this.browser.refOf(instance, visit);
    if (ref === null) return { url, ended: false };
    if (await this.isOf(ref.sessionId, said?.sid, app)) {
      await this.end(ref.sessionId, ref.userId);
      return { url, ended: true };
    }
    const handle = randomToken();
    await this.store.put('app-logout', handle, { app: app?.name ?? null, url }, KEPT_SECONDS);
    return { url: `/app-sign-in?sign-out=${handle}`, ended: false };
  }

  /** Which app wants it; null: none that is known, or nothing is asked. */
  async question(handle: string): Promise<string | null> {
    return wish.safeParse(await this.store.read('app-logout', handle)).data?.app ?? null;
  }

  async confirm(handle: string, request: BrowserRequest): Promise<string> {
    const asked = wish.safeParse(await this.store.take('app-logout', handle));
    // What nobody asked for ends nothing.
    if (!asked.success) return home;
    const ref = await this.browser.refOf(await this.instances.current(), request);
    if (ref !== null) await this.end(ref.sessionId, ref.userId);
    return asked.data.url;
  }

  private async isOf(sessionId: string, sid: string | undefined, app: App | null): Promise<boolean> {
    if (sid === undefined || app === null) return false;
    const known = await this.sessions.bySid(sid);
    return known?.sessionId === sessionId && known.appId === app.id;
  }

  private async end(sessionId: string, userId: string): Promise<void> {
    try {
      await this.ending.execute(sessionId, userId, 'logout');
    } catch (error) {
      if (!(error instanceof SessionNotFound)) throw error;
    }
  }

  /** How old it is makes no difference: it says which session is meant, and no more. */
  private async hintOf(
    { issuer }: IssuerInstance,
    token: string | null,
  ): Promise<z.output<typeof hint> | null | 'invalid'> {
    if (token === null) return null;
    const keys = issuer.keys.filter(({ revokedAt }) => revokedAt === null).map(({ publicKey }) => publicKey);
    try {
      const set = createLocalJWKSet({ keys });
      const { payload } = await compactVerify(token, set, { algorithms: ['RS256', 'ES256', 'EdDSA'] });
      const said = hint.safeParse(JSON.parse(new TextDecoder().decode(payload)));
      return said.success && said.data.iss === issuerOf(issuer) ? said.data : 'invalid';
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof SyntaxError) return 'invalid';
      throw error;
    }
  }
}

function withState(back: string, state: string | null): string {
  if (state === null) return back;
  const url = new URL(back);
  url.searchParams.set('state', state);
  return url.href;
}
