/**
 * A cache whose every key belongs to the current tenant. Values are JSON. It may forget anything at any time and
 * never fails a caller: without Redis each read is a miss.
 */
export abstract class TenantCache {
  abstract get<V>(key: string): Promise<V | undefined>;

  abstract set(key: string, value: unknown, ttlSeconds: number): Promise<void>;

  abstract remove(key: string): Promise<void>;

  /** Forgets everything of the current tenant, in constant time. */
  abstract invalidateTenant(): Promise<void>;

  /**
   * The cached value, or that of `load`, which is then kept. A value loaded before an invalidation is not kept after it.
   */
  abstract remember<V>(key: string, ttlSeconds: number, load: () => Promise<V>): Promise<V>;
}
