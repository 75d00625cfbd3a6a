import { Injectable } from '@nestjs/common';
import { brandColors, tenantSettings } from '#libs/contracts/tenants';
import { PlatformConfig } from '#libs/service';
import { ShardDirectory } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { z } from 'zod';
import { TenantProfiles, type RequestSite, type TenantProfile } from './tenant-profile.js';

// Newer releases may add to what the directory holds; only what is needed is read.
const settings = z
  .object({
    registration: tenantSettings.shape.registration,
    emailDomains: tenantSettings.shape.emailDomains,
    mailSender: tenantSettings.shape.mailSender.catch(null),
    mailReplyTo: tenantSettings.shape.mailReplyTo.catch(null),
    locale: z.string().optional().catch(undefined),
  })
  .catch({ registration: 'invite', emailDomains: [] });
const branding = z.object(brandColors.shape).catch({ primaryColor: '#1f2937', secondaryColor: '#111827' });

/** Profiles out of the directory that every process follows. */
@Injectable()
export class DirectoryTenantProfiles extends TenantProfiles {
  constructor(
    private readonly directory: ShardDirectory,
    private readonly platform: PlatformConfig,
  ) {
    super();
  }

  async current(): Promise<TenantProfile> {
    const { id, name } = currentTenant();
    const found = await this.directory.tenantById(id);
    return { name, ...settings.parse(found?.settings), ...branding.parse(found?.branding) };
  }

  async latest(): Promise<TenantProfile> {
    await this.directory.refresh(currentTenant().id);
    return this.current();
  }

  async linkOrigin({ scheme, host }: RequestSite): Promise<string> {
    const tenant = currentTenant();
    const requested = URL.canParse(`${scheme}://${host}`) ? new URL(`${scheme}://${host}`) : null;
    if (requested !== null) {
      const owner = await this.directory.tenantByHost(requested.hostname);
      if (owner?.id === tenant.id) return requested.origin;
    }
    const base = this.platform.HARKA_BASE_DOMAIN;
    const isBelowBase = requested !== null && `.${requested.hostname}`.endsWith(`.${base}`);
    const port = isBelowBase && requested.port !== '' ? `:${requested.port}` : '';
    return `${scheme}://${tenant.slug}.${base}${port}`;
  }

  homeOrigin(): string {
    const { HARKA_BASE_DOMAIN: base, HARKA_PORT: port } = this.platform;
    const host = `${currentTenant().slug}.${base}`;
    return base === 'localhost' ? `http://${host}:${port}` : `https://${host}`;
  }
}
