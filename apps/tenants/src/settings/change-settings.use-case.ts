import { Injectable } from '@nestjs/common';
import { brandingChanged, settingsChanged, type SettingsPatch } from '#libs/contracts/tenants';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { requireVersion } from '../directory/directory.errors.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { changed, merged, type Tenant } from '../tenant/tenant.js';
import { requireConsistent } from './settings.js';

@Injectable()
export class ChangeSettings {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly clock: Clock,
  ) {}

  /** @throws EmailDomainsMissing | VersionMismatch */
  async execute(tenantId: string, { name, ...patch }: SettingsPatch, ifMatch: string): Promise<Tenant> {
    const next = await this.directory.run(async () => {
      const tenant = await this.tenants.lock(tenantId);
      requireVersion(ifMatch, tenant.version);
      const settings = merged(tenant.settings, patch);
      requireConsistent(settings);
      const saved = changed(tenant, { name: name ?? tenant.name, settings }, this.clock.now());
      await this.tenants.save(saved);
      await this.events.append(tenantId, settingsChanged, tenantId, settings);
      if (saved.name !== tenant.name) {
        const brand = { name: saved.name, ...saved.branding };
        await this.events.append(tenantId, brandingChanged, tenantId, brand);
      }
      return saved;
    });
    this.announcer.changed(tenantId);
    return next;
  }
}
