import type { Readable } from 'node:stream';
import { Controller } from '@nestjs/common';
import {
  changeBranding,
  MAX_BRAND_ASSET_BYTES,
  removeBrandAsset,
  showBranding,
  uploadBrandAsset,
  type BrandingView,
} from '#libs/contracts/tenants';
import { Endpoint, Input, withETag, type InputOf, type Reply } from '#libs/service';
import { currentTenant } from '#libs/tenancy';
import { ShowTenant } from '../tenant/show-tenant.use-case.js';
import type { Tenant } from '../tenant/tenant.js';
import { toBrandingView } from './branding.js';
import { PictureTooLarge } from './branding.errors.js';
import { ChangeBranding } from './change-branding.use-case.js';
import { ChangePicture } from './change-picture.use-case.js';

@Controller()
export class BrandingController {
  constructor(
    private readonly tenant: ShowTenant,
    private readonly branding: ChangeBranding,
    private readonly picture: ChangePicture,
  ) {}

  @Endpoint(showBranding)
  async show(): Promise<Reply<BrandingView>> {
    return reply(await this.tenant.execute(currentTenant().id));
  }

  @Endpoint(changeBranding)
  async change(@Input() { body, ifMatch }: InputOf<typeof changeBranding>): Promise<Reply<BrandingView>> {
    return reply(await this.branding.execute(currentTenant().id, body, ifMatch));
  }

  @Endpoint(uploadBrandAsset)
  async upload(@Input() { params, stream }: InputOf<typeof uploadBrandAsset>): Promise<Reply<BrandingView>> {
    return reply(await this.picture.execute(currentTenant().id, params.asset, await read(stream)));
  }

  @Endpoint(removeBrandAsset)
  async remove(@Input() { params }: InputOf<typeof removeBrandAsset>): Promise<void> {
    await this.picture.execute(currentTenant().id, params.asset, null);
  }
}

function reply({ name, branding, version }: Tenant): Reply<BrandingView> {
  return withETag(toBrandingView(name, branding), version);
}

async function read(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BRAND_ASSET_BYTES) throw new PictureTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
