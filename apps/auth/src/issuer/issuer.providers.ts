import type { Provider, Type } from '@nestjs/common';
import { Redis } from 'ioredis';
import { AppController } from '../app/app.controller.js';
import { PgAppRepository } from '../app/app.pg-repository.js';
import { AppRepository } from '../app/app.repository.js';
import { ChangeApp } from '../app/change-app.use-case.js';
import { ChangeConsent } from '../app/change-consent.use-case.js';
import { RegisterApp } from '../app/register-app.use-case.js';
import { ShowApps } from '../app/show-apps.use-case.js';
import { AppAccounts } from './app-account.js';
import { PgAppAccounts } from './app-account.pg-read-model.js';
import { AppGrants } from './app-grants.js';
import { PgAppGrants } from './app-grants.pg-repository.js';
import { AppMetrics } from './app-metrics.js';
import { AppLogout } from './app-logout.use-case.js';
import { AppSessions } from './app-sessions.js';
import { PgAppSessions } from './app-sessions.pg-repository.js';
import { AppSignIn } from './app-sign-in.use-case.js';
import { AppTokens } from './app-tokens.use-case.js';
import { BrowserSession } from './browser-session.js';
import { IssuerController } from './issuer.controller.js';
import { IssuerInstances } from './issuer-instances.js';
import { PgIssuerRepository } from './issuer.pg-repository.js';
import { IssuerRepository } from './issuer.repository.js';
import { IssuerRing } from './issuer-ring.js';
import { IssuerStore } from './issuer-store.js';
import { PassingGrants } from './passing-grants.js';
import { RedisPassingGrants } from './passing-grants.redis.js';
import { RecordEntry } from './record-entry.use-case.js';
import { RecordRefusal } from './record-refusal.use-case.js';
import { TellApps } from './tell-apps.use-case.js';

export const issuerControllers: Type[] = [AppController, IssuerController];

export const issuerUseCases: Type[] = [
  AppLogout,
  AppMetrics,
  AppSignIn,
  AppTokens,
  BrowserSession,
  ChangeApp,
  ChangeConsent,
  IssuerInstances,
  IssuerRing,
  IssuerStore,
  RecordEntry,
  RecordRefusal,
  RegisterApp,
  ShowApps,
  TellApps,
];

/** Which technology stands behind the ports of the academy as a provider. */
export const issuerAdapters: Provider[] = [
  { provide: AppAccounts, useClass: PgAppAccounts },
  { provide: AppGrants, useClass: PgAppGrants },
  { provide: AppRepository, useClass: PgAppRepository },
  { provide: AppSessions, useClass: PgAppSessions },
  { provide: IssuerRepository, useClass: PgIssuerRepository },
  { provide: PassingGrants, inject: [Redis], useFactory: (redis: Redis) => new RedisPassingGrants(redis) },
];
