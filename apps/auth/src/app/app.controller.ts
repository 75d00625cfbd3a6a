import { Controller } from '@nestjs/common';
import {
  createApp,
  deleteApp,
  disallowApp,
  getApp,
  getIssuer,
  listAllowedApps,
  listApps,
  rotateAppSecret,
  rotateIssuerKeys,
  updateApp,
  type AppScope,
} from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { IssuerRing } from '../issuer/issuer-ring.js';
import { issuerView } from '../issuer/issuer.js';
import { appView, type App } from './app.js';
import { ChangeApp } from './change-app.use-case.js';
import { ChangeConsent } from './change-consent.use-case.js';
import { RegisterApp, type RegisteredApp } from './register-app.use-case.js';
import { ShowApps } from './show-apps.use-case.js';

@Controller()
export class AppController {
  constructor(
    private readonly shown: ShowApps,
    private readonly registering: RegisterApp,
    private readonly changing: ChangeApp,
    private readonly consents: ChangeConsent,
    private readonly ring: IssuerRing,
    private readonly clock: Clock,
  ) {}

  @Endpoint(listApps)
  async list(@Input() { query }: InputOf<typeof listApps>): Promise<ResultOf<typeof listApps>> {
    const { items, nextCursor } = await this.shown.page(query.limit, query.cursor);
    return { items: items.map((app) => this.view(app)), nextCursor };
  }

  @Endpoint(createApp)
  async register(@Input() input: InputOf<typeof createApp>): Promise<ResultOf<typeof createApp>> {
    return this.made(await this.registering.execute(input.body, input));
  }

  @Endpoint(getApp)
  async one(@Input() { params }: InputOf<typeof getApp>): Promise<ResultOf<typeof getApp>> {
    return this.tagged(await this.shown.one(params.appId));
  }

  @Endpoint(updateApp)
  async change(@Input() input: InputOf<typeof updateApp>): Promise<ResultOf<typeof updateApp>> {
    return this.tagged(await this.changing.execute(input.params.appId, input.body, input.ifMatch));
  }

  @Endpoint(deleteApp)
  async remove(@Input() { params }: InputOf<typeof deleteApp>): Promise<ResultOf<typeof deleteApp>> {
    await this.changing.remove(params.appId);
    return undefined;
  }

  @Endpoint(rotateAppSecret)
  async rotate(
    @Input() { params, body }: InputOf<typeof rotateAppSecret>,
  ): Promise<ResultOf<typeof rotateAppSecret>> {
    return this.made(await this.changing.rotateSecret(params.appId, body.graceSeconds));
  }

  @Endpoint(getIssuer)
  async issuer(@Input() input: InputOf<typeof getIssuer>): Promise<ResultOf<typeof getIssuer>> {
    return issuerView(await this.ring.shown(input), this.clock.now());
  }

  @Endpoint(rotateIssuerKeys)
  async rotateKeys(
    @Input() input: InputOf<typeof rotateIssuerKeys>,
  ): Promise<ResultOf<typeof rotateIssuerKeys>> {
    return issuerView(await this.ring.rotate(input, input.body), this.clock.now());
  }

  @Endpoint(listAllowedApps)
  async allowed(): Promise<ResultOf<typeof listAllowedApps>> {
    const items = (await this.consents.own()).map(({ appId, name, scopes, givenAt }) => ({
      ...{ id: appId, name, scopes: [...(scopes as readonly AppScope[])] },
      allowedAt: givenAt.toISOString(),
    }));
    return { items, nextCursor: null };
  }

  @Endpoint(disallowApp)
  async disallow(@Input() { params }: InputOf<typeof disallowApp>): Promise<ResultOf<typeof disallowApp>> {
    await this.consents.withdraw(params.appId);
    return undefined;
  }

  private made({ app, clientSecret }: RegisteredApp) {
    return { app: this.view(app), clientSecret };
  }

  private tagged(app: App) {
    return withETag(this.view(app), app.version);
  }

  private view(app: App) {
    return appView(app, this.clock.now());
  }
}
