import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import {
  GRACE_SECONDS,
  parseToken,
  present,
  startChain,
  type RefreshChain,
  type RefreshToken,
} from './refresh-chain.js';

const start = new Date('2026-01-15T09:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const parsed = (text: string): RefreshToken => {
  const token = parseToken(text);
  if (token === null) throw new Error('no token');
  return token;
};

/** A chain that was rotated `times`, a quarter of an hour apart, with all its tokens. */
function chainOf(times: number): { chain: RefreshChain; tokens: RefreshToken[]; now: Date } {
  let { chain, token } = startChain(newId(), start);
  const tokens = [parsed(token)];
  for (let time = 1; time <= times; time += 1) {
    const outcome = present(chain, parsed(token), after(time * 900), true);
    if (outcome.kind !== 'rotated') throw new Error(outcome.kind);
    ({ chain, token } = outcome);
    tokens.push(parsed(token));
  }
  return { chain, tokens, now: chain.refreshedAt };
}

const later = (date: Date, seconds: number) => new Date(date.getTime() + seconds * 1000);
const at = (tokens: readonly RefreshToken[], index: number): RefreshToken => {
  const token = tokens[index];
  if (token === undefined) throw new Error('no token');
  return token;
};

describe('a chain of refresh tokens', () => {
  it('gives a new token for the newest one', () => {
    const { chain, tokens } = chainOf(2);
    expect(chain.generation).toBe(2);
    expect(new Set(tokens.map(({ secret }) => secret.toString('hex'))).size).toBe(3);
    expect(new Set(tokens.map(({ sessionId }) => sessionId)).size).toBe(1);
  });

  it('gives tabs that refresh at once the same successor', () => {
    const { chain, tokens, now } = chainOf(1);
    for (let tab = 0; tab < 10; tab += 1) {
      const outcome = present(chain, at(tokens, 0), later(now, 1), true);
      expect(outcome.kind === 'repeated' && parsed(outcome.token)).toEqual(at(tokens, 1));
    }
  });

  it('finds out a spent token after the grace', () => {
    const { chain, tokens, now } = chainOf(1);
    expect(present(chain, at(tokens, 0), later(now, GRACE_SECONDS), true).kind).toBe('repeated');
    expect(present(chain, at(tokens, 0), later(now, GRACE_SECONDS + 1), true).kind).toBe('reused');
  });

  it('finds out a spent token of another device, grace or not', () => {
    const { chain, tokens, now } = chainOf(1);
    expect(present(chain, at(tokens, 0), now, false).kind).toBe('reused');
  });

  it('finds out a token whose successor is spent too, even at once', () => {
    const { chain, tokens, now } = chainOf(3);
    for (const token of tokens.slice(0, 2)) expect(present(chain, token, now, true).kind).toBe('reused');
  });

  it('is not defeated by the grace: of a thief and an owner with the same successor the second is found out', () => {
    const { chain, tokens, now } = chainOf(1);
    const copy = present(chain, at(tokens, 0), later(now, 5), true);
    if (copy.kind !== 'repeated') throw new Error(copy.kind);
    const thief = present(chain, parsed(copy.token), later(now, 600), true);
    if (thief.kind !== 'rotated') throw new Error(thief.kind);
    expect(present(thief.chain, at(tokens, 1), later(now, 900), true).kind).toBe('reused');
  });

  it('does not mistake invented tokens for spent ones, so nobody can end a session that he only knows the id of', () => {
    const { chain, tokens, now } = chainOf(3);
    for (const generation of [0, 1, 2, 3, 4, 4_000_000_000]) {
      const invented = { ...at(tokens, 0), generation, secret: Buffer.alloc(32, 1) };
      expect(present(chain, invented, now, true).kind).toBe('unknown');
    }
    expect(present(chain, { ...at(tokens, 1), generation: 2 }, now, true).kind).toBe('unknown');
  });

  it('keeps nothing from which a token could be made', () => {
    const { chain, tokens } = chainOf(1);
    const stored = JSON.stringify(chain);
    for (const { secret } of tokens) expect(stored).not.toContain(JSON.stringify(secret));
  });

  it.each(['', 'x', 'a'.repeat(70), 'a'.repeat(71), '%%%', `${'a'.repeat(68)}==`])(
    'takes %p for no token',
    (text) => {
      const token = parseToken(text);
      if (token !== null) expect(text).toHaveLength(70);
    },
  );

  it('has one spelling a token', () => {
    const { token } = startChain(newId(), start);
    expect(parseToken(token)).not.toBeNull();
    expect(parseToken(`${token}=`)).toBeNull();
    expect(parseToken(` ${token}`)).toBeNull();
    expect(parseToken(token.replaceAll('-', '+').replaceAll('_', '/') + '=')).toBeNull();
  });
});
