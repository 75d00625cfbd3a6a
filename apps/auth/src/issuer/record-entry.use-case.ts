import { Injectable } from '@nestjs/common';
import { appEntered } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { AppRepository } from '../app/app.repository.js';
import { accountRefOf } from './app-account.js';
import { AppSessions } from './app-sessions.js';

export interface Entry {
  readonly appId: string;
  readonly accountId: string;
  readonly sid: string;
  readonly scopes: readonly string[];
}

/** Remembers that a session came to an app: for the audit, and so that the app can be told when it ends. */
@Injectable()
export class RecordEntry {
  constructor(
    private readonly apps: AppRepository,
    private readonly sessions: AppSessions,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ appId, accountId, sid, scopes }: Entry): Promise<void> {
    const ref = accountRefOf(accountId);
    if (ref === null) return;
    await this.unitOfWork.run(async () => {
      const app = await this.apps.byId(appId);
      if (app === null) return;
      const now = this.clock.now();
      await this.apps.recordUse(appId, now);
      if (!(await this.sessions.record({ ...ref, appId, sid }, now))) return;
      await this.events.append(appEntered, appId, { appId, name: app.name, ...ref, scopes: [...scopes] });
    });
  }
}
