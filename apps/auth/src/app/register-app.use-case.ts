import { Injectable } from '@nestjs/common';
import { appRegistered, type NewApp } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { IssuerRing } from '../issuer/issuer-ring.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { TooManyApps } from './app.errors.js';
import { createApp, hasSecret, MOST_APPS, newAppSecret, toldOfApp, type App } from './app.js';
import { AppRepository } from './app.repository.js';
import { requireSound } from './app-rules.js';

export interface RegisteredApp {
  readonly app: App;
  /** In this answer and nowhere else; null for an app that has none. */
  readonly clientSecret: string | null;
}

/** Lets an app sign people in by this academy. The first one makes the academy a provider. */
@Injectable()
export class RegisterApp {
  constructor(
    private readonly apps: AppRepository,
    private readonly ring: IssuerRing,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws AppSettingsInvalid, TooManyApps */
  async execute(input: NewApp, site: RequestSite): Promise<RegisteredApp> {
    const now = this.clock.now();
    const made = input.kind === 'public' || !hasSecret(input) ? null : newAppSecret(now);
    const app = createApp(newId(), input, made === null ? [] : [made.secret], now);
    requireSound(app);
    await this.ring.open(site);
    await this.unitOfWork.run(async () => {
      if ((await this.apps.count()) >= MOST_APPS) throw new TooManyApps(MOST_APPS);
      await this.apps.add(app);
      await this.events.append(appRegistered, app.id, toldOfApp(app));
    });
    return { app, clientSecret: made?.text ?? null };
  }
}
