import { Injectable } from '@nestjs/common';
import { Broadcast } from '#libs/service';
import { TenantAnnouncer } from './tenant-announcer.js';

@Injectable()
export class BroadcastTenantAnnouncer extends TenantAnnouncer {
  constructor(private readonly broadcast: Broadcast) {
    super();
  }

  changed(tenantId: string): void {
    this.broadcast.publish('tenant.changed', { tenantId });
  }
}
