import { randomBytes } from 'node:crypto';
import type { KeyProvider } from './key-provider.js';
import { Recent } from './recent.js';
import { CannotDecrypt, open, seal } from './sealed-box.js';
import type { WrappedKey, WrappedKeyStore } from './wrapped-key-store.js';

/** First byte of what is written, so that the form can change one day. */
const FORMAT = 1;
const HEADER_BYTES = 5;
const DATA_KEY_BYTES = 32;

/**
 * Encrypts secrets of tenants (AES-256-GCM), each tenant under data keys of its own. What was written for one tenant
 * and purpose cannot be read for another.
 *
 * Data keys are kept unwrapped for the tenants used of late, under what they were unwrapped from: the store is asked
 * each time, so a key that was rotated is noticed at once, and one whose transaction was rolled back is never used.
 */
export class TenantCipher {
  private readonly unwrapped: Recent<Promise<Buffer>>;

  constructor(
    private readonly provider: KeyProvider,
    private readonly store: WrappedKeyStore,
    capacity = 1_000,
  ) {
    this.unwrapped = new Recent(capacity);
  }

  async encrypt(tenantId: string, purpose: string, plain: string | Buffer): Promise<Buffer> {
    const latest = (await this.store.latest(tenantId)) ?? (await this.create(tenantId, 1));
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt8(FORMAT, 0);
    header.writeUInt32BE(latest.version, 1);
    const key = await this.unwrap(tenantId, latest);
    return Buffer.concat([
      header,
      seal(key, Buffer.from(plain), contextOf(tenantId, purpose, latest.version)),
    ]);
  }

  /** @throws CannotDecrypt */
  async decrypt(tenantId: string, purpose: string, sealed: Buffer): Promise<Buffer> {
    if (sealed.length < HEADER_BYTES || sealed.readUInt8(0) !== FORMAT) {
      throw new CannotDecrypt('The ciphertext has no form that is known.');
    }
    const version = sealed.readUInt32BE(1);
    const found = await this.store.find(tenantId, version);
    if (found === null) throw new CannotDecrypt('The data key of this ciphertext is not there.');
    const key = await this.unwrap(tenantId, found);
    return open(key, sealed.subarray(HEADER_BYTES), contextOf(tenantId, purpose, version));
  }

  /** Encrypts under a new data key from now on. What the older ones wrote stays readable. */
  async rotate(tenantId: string): Promise<void> {
    const latest = await this.store.latest(tenantId);
    await this.create(tenantId, (latest?.version ?? 0) + 1);
  }

  private async create(tenantId: string, version: number): Promise<WrappedKey> {
    const wrapped = await this.provider.wrap(randomBytes(DATA_KEY_BYTES), keyContext(tenantId, version));
    return this.store.add(tenantId, { version, wrapped });
  }

  private unwrap(tenantId: string, { version, wrapped }: WrappedKey): Promise<Buffer> {
    const context = keyContext(tenantId, version);
    const name = `${context} ${wrapped.toString('base64')}`;
    const known = this.unwrapped.get(name);
    if (known !== undefined) return known;
    const unwrapping = this.provider.unwrap(wrapped, context);
    this.unwrapped.set(name, unwrapping);
    unwrapping.catch(() => {
      this.unwrapped.delete(name);
    });
    return unwrapping;
  }
}

function contextOf(tenantId: string, purpose: string, version: number): string {
  return JSON.stringify(['tenant', tenantId, purpose, version]);
}

function keyContext(tenantId: string, version: number): string {
  return JSON.stringify(['tenant data key', tenantId, version]);
}
