import { Injectable } from '@nestjs/common';
import { brandingChanged, type BrandingPatch } from '#libs/contracts/tenants';
import { Entitlements } from '#libs/entitlements';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { requireVersion } from '../directory/directory.errors.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { changed, merged, type Tenant } from '../tenant/tenant.js';
import { requireReadable } from './branding.js';

/** Changes the name and the colours of a brand. */
@Injectable()
export class ChangeBranding {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly entitlements: Entitlements,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly clock: Clock,
  ) {}

  /** @throws FeatureNotInPlan | ContrastTooLow | VersionMismatch */
  async execute(tenantId: string, { name, ...colors }: BrandingPatch, ifMatch: string): Promise<Tenant> {
    await this.entitlements.require('customBranding');
    const next = await this.directory.run(async () => {
      const tenant = await this.tenants.lock(tenantId);
      requireVersion(ifMatch, tenant.version);
      const branding = merged(tenant.branding, colors);
      requireReadable(branding);
      const saved = changed(tenant, { name: name ?? tenant.name, branding }, this.clock.now());
      await this.tenants.save(saved);
      await this.events.append(tenantId, brandingChanged, tenantId, { name: saved.name, ...branding });
      return saved;
    });
    this.announcer.changed(tenantId);
    return next;
  }
}
