import { describe, expect, it } from '@jest/globals';
import { FakeWrappedKeyStore } from '../testing/index.js';
import { LocalKeyProvider } from './local-key-provider.js';
import { CannotDecrypt } from './sealed-box.js';
import { TenantCipher } from './tenant-cipher.js';

const provider = new LocalKeyProvider(Buffer.alloc(32, 1));
const text = async (reading: Promise<Buffer>) => (await reading).toString();

describe(TenantCipher.name, () => {
  it('gives back what it encrypted for the same tenant and purpose', async () => {
    const cipher = new TenantCipher(provider, new FakeWrappedKeyStore());
    const sealed = await cipher.encrypt('a', 'mail', 'geheim ✓');
    expect(await text(cipher.decrypt('a', 'mail', sealed))).toBe('geheim ✓');
    expect(sealed.toString()).not.toContain('geheim');
  });

  it('never writes the same thing alike', async () => {
    const cipher = new TenantCipher(provider, new FakeWrappedKeyStore());
    const [one, two] = [await cipher.encrypt('a', 'p', 'x'), await cipher.encrypt('a', 'p', 'x')];
    expect(one.equals(two)).toBe(false);
  });

  it('refuses another tenant, even one that was handed the same key', async () => {
    const store = new FakeWrappedKeyStore();
    const cipher = new TenantCipher(provider, store);
    const sealed = await cipher.encrypt('a', 'p', 'x');
    await cipher.encrypt('b', 'p', 'x');
    await expect(cipher.decrypt('b', 'p', sealed)).rejects.toThrow(CannotDecrypt);
    store.keys.set('c', store.keys.get('a') ?? []);
    await expect(cipher.decrypt('c', 'p', sealed)).rejects.toThrow(CannotDecrypt);
  });

  it('refuses another purpose', async () => {
    const cipher = new TenantCipher(provider, new FakeWrappedKeyStore());
    const sealed = await cipher.encrypt('a', 'mail', 'x');
    await expect(cipher.decrypt('a', 'saml', sealed)).rejects.toThrow(CannotDecrypt);
  });

  it('refuses a change of any byte, and any cut', async () => {
    const cipher = new TenantCipher(provider, new FakeWrappedKeyStore());
    const sealed = await cipher.encrypt('a', 'p', 'x');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      await expect(cipher.decrypt('a', 'p', changed)).rejects.toThrow(CannotDecrypt);
      await expect(cipher.decrypt('a', 'p', sealed.subarray(0, index))).rejects.toThrow(CannotDecrypt);
    }
  });

  it('reads what older keys wrote after a rotation, and writes under the new one', async () => {
    const cipher = new TenantCipher(provider, new FakeWrappedKeyStore());
    const before = await cipher.encrypt('a', 'p', 'x');
    await cipher.rotate('a');
    const after = await cipher.encrypt('a', 'p', 'x');
    expect([before.readUInt32BE(1), after.readUInt32BE(1)]).toEqual([1, 2]);
    expect(await text(cipher.decrypt('a', 'p', before))).toBe('x');
  });

  it('agrees with another process on the first key of a tenant', async () => {
    const store = new FakeWrappedKeyStore();
    const [here, there] = [new TenantCipher(provider, store), new TenantCipher(provider, store)];
    const [one, two] = await Promise.all([here.encrypt('a', 'p', '1'), there.encrypt('a', 'p', '2')]);
    expect(await text(there.decrypt('a', 'p', one))).toBe('1');
    expect(await text(here.decrypt('a', 'p', two))).toBe('2');
    expect(store.keys.get('a')).toHaveLength(1);
  });

  it('unwraps a key once, and forgets the tenants of long ago', async () => {
    class CountingProvider extends LocalKeyProvider {
      unwraps = 0;
      override async unwrap(wrapped: Buffer, context: string): Promise<Buffer> {
        this.unwraps += 1;
        return super.unwrap(wrapped, context);
      }
    }
    const counting = new CountingProvider(Buffer.alloc(32, 1));
    const cipher = new TenantCipher(counting, new FakeWrappedKeyStore(), 2);
    await Promise.all([1, 2, 3].map(() => cipher.encrypt('a', 'p', 'x')));
    expect(counting.unwraps).toBe(1);
    await cipher.encrypt('b', 'p', 'x');
    await cipher.encrypt('c', 'p', 'x');
    await cipher.encrypt('a', 'p', 'x');
    expect(counting.unwraps).toBe(4);
  });

  it('never writes under a key whose transaction was rolled back', async () => {
    const store = new FakeWrappedKeyStore();
    const cipher = new TenantCipher(provider, store);
    await cipher.encrypt('a', 'p', 'lost');
    store.keys.clear();
    const sealed = await cipher.encrypt('a', 'p', 'kept');
    const elsewhere = new TenantCipher(provider, store);
    expect(await text(elsewhere.decrypt('a', 'p', sealed))).toBe('kept');
    expect(await text(cipher.decrypt('a', 'p', sealed))).toBe('kept');
  });
});
