import { Injectable } from '@nestjs/common';
import { brandingChanged, type BrandAsset } from '#libs/contracts/tenants';
import { Entitlements } from '#libs/entitlements';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { changed, type Tenant } from '../tenant/tenant.js';
import { BrandAssetRepository } from './brand-asset.repository.js';
import { toPicture, type Picture } from './picture.js';

/** Replaces or removes the logo or the favicon. */
@Injectable()
export class ChangePicture {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly assets: BrandAssetRepository,
    private readonly entitlements: Entitlements,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly clock: Clock,
  ) {}

  /** `bytes` null removes the picture. @throws FeatureNotInPlan | PictureUnsupported | PictureTooLarge */
  async execute(tenantId: string, asset: BrandAsset, bytes: Buffer | null): Promise<Tenant> {
    await this.entitlements.require('customBranding');
    const picture = bytes === null ? null : toPicture(bytes);
    const next = await this.directory.run(async () => this.keep(tenantId, asset, picture));
    this.announcer.changed(tenantId);
    return next;
  }

  private async keep(tenantId: string, asset: BrandAsset, picture: Picture | null): Promise<Tenant> {
    const tenant = await this.tenants.lock(tenantId);
    const digest = picture?.digest ?? null;
    if (tenant.branding[asset] === digest) return tenant;
    if (picture === null) await this.assets.remove(tenantId, asset);
    else await this.assets.put(tenantId, asset, picture);
    const branding = { ...tenant.branding, [asset]: digest };
    const saved = changed(tenant, { branding }, this.clock.now());
    await this.tenants.save(saved);
    await this.events.append(tenantId, brandingChanged, tenantId, { name: tenant.name, ...branding });
    return saved;
  }
}
