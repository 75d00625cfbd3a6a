import { describe, expect, it } from '@jest/globals';
import { deriveKey, equalSecrets, randomToken, sha256 } from './tokens.js';

describe('tokens', () => {
  it('makes tokens that do not repeat and need no escaping in a URL', () => {
    const tokens = Array.from({ length: 1_000 }, () => randomToken());
    expect(new Set(tokens).size).toBe(1_000);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('compares secrets of any two lengths', () => {
    expect(equalSecrets('abc', Buffer.from('abc'))).toBe(true);
    expect(equalSecrets('abc', 'abd')).toBe(false);
    expect(equalSecrets('abc', 'abcd')).toBe(false);
    expect(equalSecrets('', 'x')).toBe(false);
  });

  it('derives a different key for each purpose', () => {
    const secret = Buffer.alloc(32, 7);
    expect(deriveKey(secret, 'a').equals(deriveKey(secret, 'b'))).toBe(false);
    expect(deriveKey(secret, 'a')).toEqual(deriveKey(secret, 'a'));
  });

  it('hashes as SHA-256 does', () => {
    expect(sha256('abc').toString('hex')).toMatch(/^ba7816bf/);
  });
});
