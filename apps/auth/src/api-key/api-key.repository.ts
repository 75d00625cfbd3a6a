import type { ApiKey } from './api-key.js';

/** API keys of the current tenant. */
export abstract class ApiKeyRepository {
  abstract add(key: ApiKey): Promise<void>;

  abstract byId(id: string): Promise<ApiKey | null>;

  abstract byPrefix(prefix: string): Promise<ApiKey | null>;

  /** Nobody else changes the key until the transaction ends. */
  abstract lock(id: string): Promise<ApiKey | null>;

  /** Has the key end then, if it does not end before; answers it. */
  abstract expire(id: string, at: Date): Promise<ApiKey>;

  /** Keys that are neither revoked nor expired. */
  abstract countUsable(now: Date): Promise<number>;

  /** Null when there is none; a key that is revoked already stays as it was. */
  abstract revoke(id: string, at: Date): Promise<{ key: ApiKey; isNew: boolean } | null>;

  /** Revokes what somebody made; answers what was not revoked before. */
  abstract revokeAllOf(userId: string, at: Date): Promise<readonly ApiKey[]>;

  /** Later times than those that are known. */
  abstract recordUses(
    uses: readonly { readonly prefix: string; readonly lastUsedAt: string }[],
  ): Promise<void>;
}
