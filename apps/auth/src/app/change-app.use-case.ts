import { Injectable } from '@nestjs/common';
import { appChanged, appRemoved, appSecretRotated, type AppPatch } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { AppChanged, AppHasNoSecret, AppNotFound } from './app.errors.js';
import { hasSecret, newAppSecret, rotated, toldOfApp, withOpenid, type App } from './app.js';
import { AppRepository } from './app.repository.js';
import { requireSound } from './app-rules.js';
import type { RegisteredApp } from './register-app.use-case.js';

/** Changes an app, its secret, or takes it away. Its tokens follow at once: they are looked at when they are shown. */
@Injectable()
export class ChangeApp {
  constructor(
    private readonly apps: AppRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws AppNotFound, AppChanged, AppSettingsInvalid */
  async execute(id: string, patch: AppPatch, seenVersion: string): Promise<App> {
    return this.unitOfWork.run(async () => {
      const before = await this.found(id);
      if (String(before.version) !== seenVersion) throw new AppChanged();
      const after = patched(before, patch, this.clock.now());
      requireSound(after);
      const changed = (Object.keys(patch) as (keyof AppPatch)[]).filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
      );
      if (changed.length === 0) return before;
      const saved = await this.saved(after);
      await this.events.append(appChanged, id, { ...toldOfApp(saved), changed });
      return saved;
    });
  }

  /** @throws AppNotFound, AppHasNoSecret */
  async rotateSecret(id: string, graceSeconds: number): Promise<RegisteredApp> {
    const now = this.clock.now();
    const { secret, text } = newAppSecret(now);
    const until = new Date(now.getTime() + graceSeconds * 1000);
    return this.unitOfWork.run(async () => {
      const before = await this.found(id);
      if (!hasSecret(before)) throw new AppHasNoSecret();
      const secrets = rotated(before.secrets, secret, until, now);
      const app = await this.saved({ ...before, secrets, updatedAt: now });
      await this.events.append(appSecretRotated, id, {
        appId: id,
        name: app.name,
        until: until.toISOString(),
      });
      return { app, clientSecret: text };
    });
  }

  /** @throws AppNotFound */
  async remove(id: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const { name } = await this.found(id);
      await this.apps.remove(id);
      await this.events.append(appRemoved, id, { appId: id, name });
    });
  }

  private async found(id: string): Promise<App> {
    const app = await this.apps.byId(id);
    if (app === null) throw new AppNotFound();
    return app;
  }

  private async saved(app: App): Promise<App> {
    const saved = await this.apps.save(app);
    if (saved === null) throw new AppChanged();
    return saved;
  }
}

function patched(before: App, patch: AppPatch, now: Date): App {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const after = { ...before, ...(given as Partial<App>), updatedAt: now };
  const authentication = before.kind === 'public' ? 'none' : after.authentication;
  return {
    ...after,
    authentication,
    // Whoever comes back to a secret gets a new one.
    secrets: hasSecret({ authentication }) ? after.secrets : [],
    scopes: withOpenid(after.scopes),
  };
}
