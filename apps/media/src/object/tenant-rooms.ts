/** Lets work of the service itself run in a tenant. */
export abstract class TenantRooms {
  /** Null when there is no such tenant (any more). */
  abstract enter<R>(tenantId: string, work: () => Promise<R>): Promise<R | null>;
}
