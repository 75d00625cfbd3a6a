/** Tells every router that a tenant has changed. A hint after the commit: who misses it finds out by polling. */
export abstract class TenantAnnouncer {
  abstract changed(tenantId: string): void;
}
