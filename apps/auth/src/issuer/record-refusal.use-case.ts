import { Injectable } from '@nestjs/common';
import { appGrantReused, appRefused } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { AppRepository } from '../app/app.repository.js';
import { OneTimeStore } from '../federation/one-time-store.js';
import type { IssuerFailure } from './issuer-instances.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** One of a kind in so long: whoever floods us does not flood the audit. */
const EVERY_SECONDS = 60;

/** Writes down why an app was refused, for the people who set it up; who sits before the browser gets a calm page. */
@Injectable()
export class RecordRefusal {
  constructor(
    private readonly apps: AppRepository,
    private readonly once: OneTimeStore,
    private readonly events: EventLog,
  ) {}

  /** `rawQuery` names the app where the library did not come so far. */
  async execute({ words, appId: known, userId }: IssuerFailure, rawQuery = ''): Promise<void> {
    // A page that asks without disturbing is answered so a hundred times a day.
    if (words.includes('required') && rawQuery.includes('prompt=none')) return;
    const appId = known ?? new URLSearchParams(rawQuery).get('client_id') ?? '';
    const app = UUID.test(appId) ? await this.apps.byId(appId) : null;
    if (app === null) return;
    const what = /already (used|consumed)/.test(words)
      ? /refresh/i.test(words)
        ? 'refresh'
        : 'authorization'
      : null;
    if (!(await this.once.claim('app-refusal', `${appId} ${what ?? words}`, EVERY_SECONDS))) return;
    if (what !== null) {
      await this.events.append(appGrantReused, appId, { appId, name: app.name, userId, what });
    } else {
      await this.events.append(appRefused, appId, { appId, name: app.name, reason: words });
    }
  }
}
