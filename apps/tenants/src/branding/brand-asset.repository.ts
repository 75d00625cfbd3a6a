import type { BrandAsset } from '#libs/contracts/tenants';
import type { Picture } from './picture.js';

/** The bytes of logos and favicons. */
export abstract class BrandAssetRepository {
  abstract find(tenantId: string, asset: BrandAsset): Promise<Picture | null>;
  abstract put(tenantId: string, asset: BrandAsset, picture: Picture): Promise<void>;
  abstract remove(tenantId: string, asset: BrandAsset): Promise<void>;
}
