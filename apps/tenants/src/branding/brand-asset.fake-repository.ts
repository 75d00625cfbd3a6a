import type { BrandAsset } from '#libs/contracts/tenants';
import { BrandAssetRepository } from './brand-asset.repository.js';
import type { Picture } from './picture.js';

export class FakeBrandAssetRepository extends BrandAssetRepository {
  readonly rows = new Map<string, Picture>();

  async find(tenantId: string, asset: BrandAsset): Promise<Picture | null> {
    return this.rows.get(`${tenantId} ${asset}`) ?? null;
  }

  async put(tenantId: string, asset: BrandAsset, picture: Picture): Promise<void> {
    this.rows.set(`${tenantId} ${asset}`, picture);
  }

  async remove(tenantId: string, asset: BrandAsset): Promise<void> {
    this.rows.delete(`${tenantId} ${asset}`);
  }
}
