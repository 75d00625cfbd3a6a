import { TenantAnnouncer } from './tenant-announcer.js';

export class FakeTenantAnnouncer extends TenantAnnouncer {
  readonly heard: string[] = [];

  changed(tenantId: string): void {
    this.heard.push(tenantId);
  }
}
