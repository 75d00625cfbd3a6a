import { Controller } from '@nestjs/common';
import { changeSettings, showSettings, type SettingsView } from '#libs/contracts/tenants';
import { Endpoint, Input, withETag, type InputOf, type Reply } from '#libs/service';
import { currentTenant } from '#libs/tenancy';
import { ShowTenant } from '../tenant/show-tenant.use-case.js';
import { ChangeSettings } from './change-settings.use-case.js';

@Controller()
export class SettingsController {
  constructor(
    private readonly tenant: ShowTenant,
    private readonly settings: ChangeSettings,
  ) {}

  @Endpoint(showSettings)
  async show(): Promise<Reply<SettingsView>> {
    const { name, settings, version } = await this.tenant.execute(currentTenant().id);
    return withETag({ name, ...settings }, version);
  }

  @Endpoint(changeSettings)
  async change(@Input() { body, ifMatch }: InputOf<typeof changeSettings>): Promise<Reply<SettingsView>> {
    const { name, settings, version } = await this.settings.execute(currentTenant().id, body, ifMatch);
    return withETag({ name, ...settings }, version);
  }
}
