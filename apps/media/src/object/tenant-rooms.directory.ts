import { Injectable } from '@nestjs/common';
import { ShardDirectory } from '#libs/sharding';
import { runAsService } from '#libs/tenancy';
import { TenantRooms } from './tenant-rooms.js';

@Injectable()
export class DirectoryTenantRooms extends TenantRooms {
  constructor(private readonly directory: ShardDirectory) {
    super();
  }

  async enter<R>(tenantId: string, work: () => Promise<R>): Promise<R | null> {
    const tenant = await this.directory.tenantById(tenantId);
    return tenant === null ? null : runAsService(tenant, 'media', work);
  }
}
