/** A tenant's data key as it is stored: of use only to the KeyProvider that wrapped it. */
export interface WrappedKey {
  readonly version: number;
  readonly wrapped: Buffer;
}

/**
 * Where a service keeps the wrapped data keys of its tenants: a table of its own in the tenant's shard, so that they
 * move with the tenant, and are gone with it.
 */
export abstract class WrappedKeyStore {
  abstract latest(tenantId: string): Promise<WrappedKey | null>;

  abstract find(tenantId: string, version: number): Promise<WrappedKey | null>;

  /** Adds a key, and answers the one that is stored under its version: that of another process, if it came first. */
  abstract add(tenantId: string, key: WrappedKey): Promise<WrappedKey>;
}
