import { describe, expect, it } from '@jest/globals';
import { hashSync } from '@node-rs/bcrypt';
import { BcryptPasswordHasher } from './password-hasher.bcrypt.js';

// The cheapest cost that bcrypt knows: these tests are about what is compared, not about how dear it is.
const hasher = new BcryptPasswordHasher({ cost: 4, concurrent: 2, waiting: 10, realmShare: 1 });

describe(BcryptPasswordHasher.name, () => {
  it('knows the password that it hashed, and no other', async () => {
    const hash = await hasher.hash('correct horse battery');
    expect(hash).toMatch(/^\$2b\$04\$/);
    expect(await hasher.verify('correct horse battery', hash)).toBe(true);
    expect(await hasher.verify('correct horse batterY', hash)).toBe(false);
  });

  it('is not fooled by a password that goes on behind the 72nd byte', async () => {
    const hash = hashSync('a'.repeat(72), { cost: 4 });
    expect(await hasher.verify('a'.repeat(72), hash)).toBe(true);
    expect(await hasher.verify(`${'a'.repeat(72)}X`, hash)).toBe(false);
    await expect(hasher.hash('a'.repeat(73))).rejects.toThrow('beyond');
  });

  it('says no where there is no hash, and where it is none', async () => {
    expect(await hasher.verify('correct horse battery', null)).toBe(false);
    expect(await hasher.verify('', null)).toBe(false);
    expect(await hasher.verify('x', 'not a hash')).toBe(false);
  });

  it('sees which hashes are cheaper than those of today', () => {
    expect(hasher.isOutdated(hashSync('x', { cost: 4 }))).toBe(false);
    const dear = new BcryptPasswordHasher({ cost: 12, concurrent: 1, waiting: 1, realmShare: 1 });
    expect(dear.isOutdated(hashSync('x', { cost: 10, version: '2a' }))).toBe(true);
  });
});
