import { Controller } from '@nestjs/common';
import { downloadBrandAsset, downloadBrandIcon, showBrand, type TenantBrand } from '#libs/contracts/tenants';
import { Download, Endpoint, Input, type InputOf } from '#libs/service';
import { DrawIcon } from '../branding/draw-icon.use-case.js';
import { FetchPicture } from '../branding/fetch-picture.use-case.js';
import { ShowBrand } from './show-brand.use-case.js';

// The picture is a stranger's file: it may draw, and do nothing else, even when opened by itself.
const CONFINED = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
};

/** What anybody may see of an academy. */
@Controller()
export class BrandController {
  constructor(
    private readonly brand: ShowBrand,
    private readonly picture: FetchPicture,
    private readonly drawing: DrawIcon,
  ) {}

  @Endpoint(showBrand)
  show(): Promise<TenantBrand> {
    return this.brand.execute();
  }

  @Endpoint(downloadBrandAsset)
  async download(@Input() { params, query, headers }: InputOf<typeof downloadBrandAsset>): Promise<Download> {
    const { contentType, bytes, digest } = await this.picture.execute(params.asset);
    const named = query.v !== undefined && digest.startsWith(query.v);
    const fixed = {
      ...CONFINED,
      etag: `"${digest}"`,
      'cache-control': named ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    };
    return headers['if-none-match']?.includes(digest)
      ? new Download(null, { contentType, status: 304, headers: fixed })
      : new Download(bytes, { contentType, length: bytes.length, headers: fixed });
  }

  @Endpoint(downloadBrandIcon)
  async icon(@Input() { params, query, headers }: InputOf<typeof downloadBrandIcon>): Promise<Download> {
    const { bytes, version } = await this.drawing.execute(params.icon);
    const contentType = 'image/png';
    const fixed = {
      ...CONFINED,
      etag: `"${version}"`,
      'cache-control': query.v === version ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    };
    return headers['if-none-match']?.includes(version)
      ? new Download(null, { contentType, status: 304, headers: fixed })
      : new Download(bytes, { contentType, length: bytes.length, headers: fixed });
  }
}
