import { Injectable } from '@nestjs/common';
import { ShardDirectory } from '#libs/sharding';
import { currentContext, runInContext, type TenantRef } from '#libs/tenancy';
import { TenantUnknown } from './acting.errors.js';

/** The operator's way from the admin host into one tenant: what he does there is written down there, as his. */
@Injectable()
export class TenantEntry {
  constructor(private readonly directory: ShardDirectory) {}

  /** @param handle id or slug @throws TenantUnknown */
  async run<R>(handle: string, work: (tenant: TenantRef) => Promise<R>): Promise<R> {
    const found = (await this.directory.tenantById(handle)) ?? (await this.directory.tenantBySlug(handle));
    if (found === null || found.status === 'deleted') throw new TenantUnknown();
    const { id, slug, name, plan, status } = found;
    const tenant = { id, slug, name, plan, status };
    return runInContext({ ...currentContext(), tenant }, async () => work(tenant));
  }
}
