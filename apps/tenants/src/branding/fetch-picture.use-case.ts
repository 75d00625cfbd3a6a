import { Injectable } from '@nestjs/common';
import type { BrandAsset } from '#libs/contracts/tenants';
import { currentTenant } from '#libs/tenancy';
import { BrandAssetRepository } from './brand-asset.repository.js';
import { PictureNotFound } from './branding.errors.js';
import type { Picture } from './picture.js';

@Injectable()
export class FetchPicture {
  constructor(private readonly assets: BrandAssetRepository) {}

  async execute(asset: BrandAsset): Promise<Picture> {
    const picture = await this.assets.find(currentTenant().id, asset);
    if (picture === null) throw new PictureNotFound();
    return picture;
  }
}
