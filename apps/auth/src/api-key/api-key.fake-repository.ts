import { ApiKeyNotFound } from './api-key.errors.js';
import type { ApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** Keys in memory. */
export class FakeApiKeyRepository extends ApiKeyRepository {
  readonly keys = new Map<string, ApiKey>();

  async add(key: ApiKey): Promise<void> {
    this.keys.set(key.id, key);
  }

  async byId(id: string): Promise<ApiKey | null> {
    return this.keys.get(id) ?? null;
  }

  async byPrefix(prefix: string): Promise<ApiKey | null> {
    return [...this.keys.values()].find((key) => key.prefix === prefix) ?? null;
  }

  async lock(id: string): Promise<ApiKey | null> {
    return this.byId(id);
  }

  async expire(id: string, at: Date): Promise<ApiKey> {
    const key = this.keys.get(id);
    if (key === undefined) throw new ApiKeyNotFound();
    const expired = { ...key, expiresAt: key.expiresAt !== null && key.expiresAt < at ? key.expiresAt : at };
    this.keys.set(id, expired);
    return expired;
  }

  async countUsable(now: Date): Promise<number> {
    const usable = ({ revokedAt, expiresAt }: ApiKey) =>
      revokedAt === null && (expiresAt === null || expiresAt > now);
    return [...this.keys.values()].filter(usable).length;
  }

  async revoke(id: string, at: Date): Promise<{ key: ApiKey; isNew: boolean } | null> {
    const key = this.keys.get(id);
    if (key === undefined) return null;
    if (key.revokedAt !== null) return { key, isNew: false };
    const revoked = { ...key, revokedAt: at };
    this.keys.set(id, revoked);
    return { key: revoked, isNew: true };
  }

  async revokeAllOf(userId: string, at: Date): Promise<readonly ApiKey[]> {
    const own = [...this.keys.values()].filter(
      ({ createdBy, revokedAt }) => createdBy === userId && revokedAt === null,
    );
    const revoked = own.map((key) => ({ ...key, revokedAt: at }));
    for (const key of revoked) this.keys.set(key.id, key);
    return revoked;
  }

  async recordUses(uses: readonly { readonly prefix: string; readonly lastUsedAt: string }[]): Promise<void> {
    for (const { prefix, lastUsedAt } of uses) {
      const key = [...this.keys.values()].find((known) => known.prefix === prefix);
      if (key !== undefined) this.keys.set(key.id, { ...key, lastUsedAt: new Date(lastUsedAt) });
    }
  }
}
