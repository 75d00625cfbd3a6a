import { describe, expect, it } from '@jest/globals';
import { issuerKeyTimes, nextKeysFrom, publishedKeys, signingKeys, type IssuerKey } from './issuer.js';

const start = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);

function aKey(kid: string, from: Date, more: Partial<IssuerKey> = {}): IssuerKey {
  return {
    ...{ kid, algorithm: 'RS256', publicKey: {}, privateKey: Buffer.alloc(0), createdAt: from },
    ...{ activeFrom: from, activeUntil: new Date(from.getTime() + issuerKeyTimes.activeMs), revokedAt: null },
    ...more,
  };
}
const kidsOf = (keys: readonly IssuerKey[]) => keys.map(({ kid }) => kid);

describe('the keys of an issuer', () => {
  it('begin at once where there are none, and again when the last comes to its end', () => {
    expect(nextKeysFrom([], start)).toEqual(start);
    const first = aKey('a', start);
    expect(nextKeysFrom([first], after(issuerKeyTimes.activeMs - issuerKeyTimes.leadMs - 1_000))).toBeNull();
    expect(nextKeysFrom([first], after(issuerKeyTimes.activeMs - issuerKeyTimes.leadMs))).toEqual(
      first.activeUntil,
    );
    // After a sleep longer than any key.
    const late = after(3 * issuerKeyTimes.activeMs);
    expect(nextKeysFrom([first], late)).toEqual(late);
  });

  it('are seen before they sign and after, and only one signs', () => {
    const keys = [aKey('a', start), aKey('b', after(issuerKeyTimes.activeMs))];
    const before = after(issuerKeyTimes.activeMs - 1_000);
    expect(kidsOf(publishedKeys({ keys }, before))).toEqual(['a', 'b']);
    expect(kidsOf(signingKeys({ keys }, before))).toEqual(['a']);
    const over = after(issuerKeyTimes.activeMs + 1_000);
    expect(kidsOf(publishedKeys({ keys }, over))).toEqual(['b', 'a']);
    expect(kidsOf(signingKeys({ keys }, over))).toEqual(['b']);
    const later = after(issuerKeyTimes.activeMs + issuerKeyTimes.retainMs);
    expect(kidsOf(publishedKeys({ keys }, later))).toEqual(['b']);
  });

  it('are gone at once when they are revoked', () => {
    const keys = [aKey('a', start, { revokedAt: start }), aKey('b', start)];
    expect(kidsOf(publishedKeys({ keys }, after(1_000)))).toEqual(['b']);
    expect(nextKeysFrom([aKey('a', start, { revokedAt: start })], after(1_000))).toEqual(after(1_000));
  });
});
