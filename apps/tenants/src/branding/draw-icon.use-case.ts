import { Injectable } from '@nestjs/common';
import type { BrandIcon } from '#libs/contracts/tenants';
import { currentTenant } from '#libs/tenancy';
import { TenantUnknown } from '../tenant/tenant.errors.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { BrandAssetRepository } from './brand-asset.repository.js';
import { drawIcon } from './icon.js';
import { iconVersion } from './branding.js';
import type { Picture } from './picture.js';

export interface DrawnIcon {
  readonly bytes: Buffer;
  /** Changes with the brand. */
  readonly version: string;
}

const REMEMBERED = 500;

/** Icons of an academy, drawn once for each look of its brand. */
@Injectable()
export class DrawIcon {
  private readonly drawn = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly tenants: TenantRepository,
    private readonly assets: BrandAssetRepository,
  ) {}

  async execute(icon: BrandIcon): Promise<DrawnIcon> {
    const tenant = await this.tenants.find(currentTenant().id);
    if (tenant === null) throw new TenantUnknown();
    const version = iconVersion(tenant.name, tenant.branding);
    const key = `${tenant.id} ${version} ${icon}`;
    const known = this.drawn.get(key);
    if (known !== undefined) return { bytes: await known, version };
    if (this.drawn.size >= REMEMBERED) this.drawn.clear();
    const drawing = this.pictureOf(tenant.id).then(async (picture) =>
      drawIcon(icon, { name: tenant.name, color: tenant.branding.primaryColor, picture }),
    );
    this.drawn.set(key, drawing);
    drawing.catch(() => this.drawn.delete(key));
    return { bytes: await drawing, version };
  }

  private async pictureOf(tenantId: string): Promise<Picture | null> {
    return (await this.assets.find(tenantId, 'favicon')) ?? (await this.assets.find(tenantId, 'logo'));
  }
}
