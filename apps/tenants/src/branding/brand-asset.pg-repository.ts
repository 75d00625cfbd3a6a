import { Injectable } from '@nestjs/common';
import type { BrandAsset } from '#libs/contracts/tenants';
import { Clock } from '#libs/kernel';
import { PgDirectory } from '../directory/directory.pg-repository.js';
import { BrandAssetRepository } from './brand-asset.repository.js';
import type { Picture } from './picture.js';

const FIND = `
  SELECT content_type AS "contentType", digest, bytes FROM directory.brand_assets
   WHERE tenant_id = $1 AND kind = $2`;
const PUT = `
  INSERT INTO directory.brand_assets (tenant_id, kind, content_type, digest, bytes, created_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, kind) DO UPDATE
     SET content_type = excluded.content_type, digest = excluded.digest, bytes = excluded.bytes,
         created_at = excluded.created_at`;
const REMOVE = 'DELETE FROM directory.brand_assets WHERE tenant_id = $1 AND kind = $2';

@Injectable()
export class PgBrandAssetRepository extends BrandAssetRepository {
  constructor(
    private readonly directory: PgDirectory,
    private readonly clock: Clock,
  ) {
    super();
  }

  async find(tenantId: string, asset: BrandAsset): Promise<Picture | null> {
    const [picture] = await this.directory.query<Picture>(FIND, [tenantId, asset]);
    return picture ?? null;
  }

  async put(tenantId: string, asset: BrandAsset, { contentType, digest, bytes }: Picture): Promise<void> {
    await this.directory.query(PUT, [tenantId, asset, contentType, digest, bytes, this.clock.now()]);
  }

  async remove(tenantId: string, asset: BrandAsset): Promise<void> {
    await this.directory.query(REMOVE, [tenantId, asset]);
  }
}
