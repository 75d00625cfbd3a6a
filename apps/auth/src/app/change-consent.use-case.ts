import { Injectable } from '@nestjs/common';
import { appAllowed, appDisallowed } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { AppGrants } from '../issuer/app-grants.js';
import { AppNotFound } from './app.errors.js';
import { AppRepository, type Consent } from './app.repository.js';

/** What a person lets apps of others know. */
@Injectable()
export class ChangeConsent {
  constructor(
    private readonly apps: AppRepository,
    private readonly grants: AppGrants,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async own(): Promise<readonly Consent[]> {
    return this.apps.consentsOf(requireUserId());
  }

  /** Adds to what the app was allowed before. @throws AppNotFound */
  async allow(appId: string, asked: readonly string[]): Promise<void> {
    const userId = requireUserId();
    await this.unitOfWork.run(async () => {
      const app = await this.apps.byId(appId);
      if (app === null) throw new AppNotFound();
      const before = await this.apps.consent(userId, appId);
      const scopes = [...new Set([...(before?.scopes ?? []), ...asked])];
      await this.apps.allow(userId, appId, scopes, this.clock.now());
      await this.events.append(appAllowed, appId, { appId, name: app.name, userId, scopes });
    });
  }

  /** All that the app was given is void. @throws AppNotFound */
  async withdraw(appId: string): Promise<void> {
    const userId = requireUserId();
    await this.unitOfWork.run(async () => {
      const app = await this.apps.byId(appId);
      if (app === null || !(await this.apps.disallow(userId, appId))) throw new AppNotFound();
      await this.grants.removeOf(userId, appId);
      await this.events.append(appDisallowed, appId, { appId, name: app.name, userId });
    });
  }
}
