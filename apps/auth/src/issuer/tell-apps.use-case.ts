import { Injectable } from '@nestjs/common';
import { appLogoutFailed } from '#libs/contracts/auth';
import { randomToken } from '#libs/crypto';
import { EventLog } from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { OutboundClient } from '#libs/outbound';
import { TenantQueue } from '#libs/queue';
import { UnitOfWork } from '#libs/tenancy';
import { importJWK, SignJWT, type JWK } from 'jose';
import type { App } from '../app/app.js';
import { AppRepository } from '../app/app.repository.js';
import { accountIdOf } from './app-account.js';
import { AppSessions, type AppSession } from './app-sessions.js';
import { IssuerRing } from './issuer-ring.js';
import { subjectOf } from './issuer-provider.js';
import { issuerOf, signingKeys } from './issuer.js';
import { tellAppsJob } from './tell-apps.job.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LIFETIME_SECONDS = 120;
/** Seconds until the next attempt; after the last one the app is given up. */
const RETRIES = [5, 30, 120, 600, 3_600];

/** Tells apps that a session is over (OpenID Connect Back-Channel Logout), until they have heard it. */
@Injectable()
export class TellApps {
  constructor(
    private readonly apps: AppRepository,
    private readonly sessions: AppSessions,
    private readonly ring: IssuerRing,
    private readonly outbound: OutboundClient,
    private readonly queue: TenantQueue,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Has it done, where there is anybody to be told. */
  async plan(sessionId: string): Promise<void> {
    for (const { appId } of await this.sessions.untold(sessionId)) {
      await this.queue.add(tellAppsJob, { sessionId, appId }, { key: `${sessionId}:${appId}` });
    }
  }

  async execute(sessionId: string, appId: string): Promise<void> {
    const session = (await this.sessions.untold(sessionId)).find((one) => one.appId === appId);
    const app = await this.apps.byId(appId);
    if (session === undefined || app === null) return;
    const reason = app.backchannelLogoutUri === null ? null : await this.tell(app, session);
    if (reason === null) return this.sessions.recordTold(sessionId, appId, this.clock.now());
    const attempts = await this.sessions.recordFailure(sessionId, appId);
    const seconds = RETRIES[attempts - 1];
    if (seconds === undefined) return this.giveUp(session, app, reason);
    const options = { key: `${sessionId}:${appId}:${attempts}`, delayMs: seconds * 1000 };
    await this.queue.add(tellAppsJob, { sessionId, appId }, options);
  }

  private async giveUp({ sessionId }: AppSession, { id: appId, name }: App, reason: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.sessions.recordTold(sessionId, appId, this.clock.now());
      await this.events.append(appLogoutFailed, appId, { appId, name, reason });
    });
  }

  /** Why it did not work; null when it did. */
  private async tell(app: App, session: AppSession): Promise<string | null> {
    const token = await this.logoutToken(app, session);
    try {
      const { status } = await this.outbound.call(app.backchannelLogoutUri ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ logout_token: token }).toString(),
        maxBytes: 64 * 1024,
      });
      return status === 200 || status === 204 ? null : `It answered ${status}.`;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error.message.slice(0, 300);
    }
  }

  private async logoutToken(app: App, { userId, sessionId, sid }: AppSession): Promise<string> {
    const issuer = await this.ring.current();
    const now = this.clock.now();
    const key =
      issuer && signingKeys(issuer, now).find(({ algorithm }) => algorithm === app.idTokenAlgorithm);
    if (issuer === null || key === undefined || key === null) {
      throw new DomainError('unavailable', 'issuer.no_key', 'There is no key to sign with.');
    }
    const seconds = Math.floor(now.getTime() / 1000);
    return new SignJWT({ sid, events: { [EVENT]: {} } })
      .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: 'logout+jwt' })
      .setIssuer(issuerOf(issuer))
      .setAudience(app.id)
      .setSubject(subjectOf(issuer, app, accountIdOf({ userId, sessionId })))
      .setJti(randomToken(16))
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + LIFETIME_SECONDS)
      .sign(await importJWK((await this.ring.privateKeyOf(key)) as JWK, key.algorithm));
  }
}
