export { SoftwarePasskey, type Lies } from './software-passkey.js';
import { LocalKeyProvider, TenantCipher, WrappedKeyStore, type WrappedKey } from '#libs/crypto';

/** Wrapped keys in memory. */
export class FakeWrappedKeyStore extends WrappedKeyStore {
  readonly keys = new Map<string, WrappedKey[]>();

  async latest(tenantId: string): Promise<WrappedKey | null> {
    return this.keys.get(tenantId)?.at(-1) ?? null;
  }

  async find(tenantId: string, version: number): Promise<WrappedKey | null> {
    return this.keys.get(tenantId)?.find((key) => key.version === version) ?? null;
  }

  async add(tenantId: string, key: WrappedKey): Promise<WrappedKey> {
    const known = this.keys.get(tenantId) ?? [];
    const first = known.find(({ version }) => version === key.version);
    if (first !== undefined) return first;
    this.keys.set(tenantId, [...known, key]);
    return key;
  }
}

/** A real cipher over keys in memory. */
export function aTenantCipher(): TenantCipher {
  return new TenantCipher(new LocalKeyProvider(Buffer.alloc(32, 1)), new FakeWrappedKeyStore());
}
