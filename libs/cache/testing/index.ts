import { TenantCache } from '#libs/cache';
import { currentTenant } from '#libs/tenancy';

/** A cache in memory that never expires; values pass through JSON as they do on the way to Redis. */
export class FakeTenantCache extends TenantCache {
  private readonly entries = new Map<string, string>();

  async get<V>(key: string): Promise<V | undefined> {
    const found = this.entries.get(this.own(key));
    return found === undefined ? undefined : (JSON.parse(found) as V);
  }

  async set(key: string, value: unknown): Promise<void> {
    this.entries.set(this.own(key), JSON.stringify(value));
  }

  async remove(key: string): Promise<void> {
    this.entries.delete(this.own(key));
  }

  async invalidateTenant(): Promise<void> {
    for (const key of this.entries.keys()) if (key.startsWith(this.own(''))) this.entries.delete(key);
  }

  async remember<V>(key: string, _ttlSeconds: number, load: () => Promise<V>): Promise<V> {
    const found = await this.get<V>(key);
    if (found !== undefined) return found;
    const value = await load();
    await this.set(key, value);
    return value;
  }

  private own(key: string): string {
    return `${currentTenant().id}:${key}`;
  }
}
