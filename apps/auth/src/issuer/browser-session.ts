import { Injectable } from '@nestjs/common';
import { currentActor } from '#libs/tenancy';
import { cookieOf } from '../session/session.cookies.js';
import { accountIdOf, accountRefOf, AppAccounts, type AccountRef } from './app-account.js';
import type { IssuerInstance } from './issuer-instances.js';
import { appLifetimes } from './issuer-provider.js';

/** What browsers send. */
export interface BrowserRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * The library has a session of its own in the browser. It counts only together with the session here that it came
 * from: whoever signs out, or in as another, is nobody to the apps.
 */
@Injectable()
export class BrowserSession {
  constructor(private readonly accounts: AppAccounts) {}

  /** The cookie that the library is shown: the one of the browser while it holds, a new one for who is signed in, or none. */
  async cookieFor(instance: IssuerInstance, request: BrowserRequest): Promise<string | null> {
    const name = instance.provider.cookieName('session');
    const known = await this.held(instance, request);
    if (known !== null) return `${name}=${known.cookie}`;
    const fresh = await this.begun(instance);
    return fresh === null ? null : `${name}=${fresh}`;
  }

  /** The session here that the browser is in, also where its access token has just run out. */
  async refOf(instance: IssuerInstance, request: BrowserRequest): Promise<AccountRef | null> {
    return this.ofActor() ?? (await this.held(instance, request))?.ref ?? null;
  }

  /** Who asks, where he is himself. */
  ofActor(): AccountRef | null {
    const { kind, id, sessionId, by } = currentActor();
    if (kind !== 'user' || id === null || sessionId === null || by !== undefined) return null;
    return { userId: id, sessionId };
  }

  private async held(
    { provider }: IssuerInstance,
    { headers }: BrowserRequest,
  ): Promise<{ cookie: string; ref: AccountRef } | null> {
    const cookie = cookieOf(headers['cookie'] ?? '', provider.cookieName('session'));
    if (cookie === null || cookie === '') return null;
    const session = await provider.Session.find(cookie);
    const ref = accountRefOf(session?.accountId);
    if (ref === null) return null;
    const actor = this.ofActor();
    if (actor !== null && actor.sessionId !== ref.sessionId) return null;
    return (await this.accounts.find(ref, false)) === null ? null : { cookie, ref };
  }

  private async begun({ provider }: IssuerInstance): Promise<string | null> {
    const ref = this.ofActor();
    const account = ref === null ? null : await this.accounts.find(ref, false);
    if (ref === null || account === null) return null;
    const session = new provider.Session();
    session.loginAccount({
      accountId: accountIdOf(ref),
      loginTs: Math.floor(account.provedAt.getTime() / 1000),
      amr: [...account.amr],
    });
    await session.save(appLifetimes.session);
    return session.jti;
  }
}
