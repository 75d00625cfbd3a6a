import { describe, expect, it } from '@jest/globals';
import { LocalKeyProvider } from './local-key-provider.js';
import { CannotDecrypt } from './sealed-box.js';

const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const secret = Buffer.from('a data key');

describe(LocalKeyProvider.name, () => {
  it('opens what it wrapped, under the same context only', async () => {
    const provider = new LocalKeyProvider(first);
    const wrapped = await provider.wrap(secret, 'a');
    expect(await provider.unwrap(wrapped, 'a')).toEqual(secret);
    await expect(provider.unwrap(wrapped, 'b')).rejects.toThrow(CannotDecrypt);
  });

  it('opens what an older master key wrapped, and nothing of a strange one', async () => {
    const wrapped = await new LocalKeyProvider(first).wrap(secret, 'a');
    expect(await new LocalKeyProvider(second, [first]).unwrap(wrapped, 'a')).toEqual(secret);
    await expect(new LocalKeyProvider(second).unwrap(wrapped, 'a')).rejects.toThrow(CannotDecrypt);
  });

  it('refuses a master key of the wrong size', () => {
    expect(() => new LocalKeyProvider(Buffer.alloc(16))).toThrow('32 bytes');
  });
});
