import type { SigningKey } from './signing-key.js';
import { SigningKeyRepository, type KeyChange } from './signing-key.repository.js';

/** Keys in memory. */
export class FakeSigningKeyRepository extends SigningKeyRepository {
  keys: SigningKey[] = [];

  async all(): Promise<readonly SigningKey[]> {
    return this.keys;
  }

  async change(
    decide: (keys: readonly SigningKey[]) => Promise<KeyChange>,
    now: Date,
  ): Promise<readonly SigningKey[]> {
    const { added, retired = [], revoked = [] } = await decide(this.keys);
    this.keys = this.keys.map((key) => ({
      ...key,
      ...(retired.includes(key.kid) && key.activeUntil > now && { activeUntil: now }),
      ...(revoked.includes(key.kid) && { revokedAt: now }),
    }));
    if (added !== undefined) this.keys.push(added);
    return this.keys;
  }
}
