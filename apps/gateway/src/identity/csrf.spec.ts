import { describe, expect, it } from '@jest/globals';
import { CsrfTokens, isForeign } from './csrf.js';

const tokens = new CsrfTokens(Buffer.alloc(32, 1));

describe(CsrfTokens.name, () => {
  it('takes back the token that it gave to a session', () => {
    expect(tokens.holds(tokens.issue('s1'), 's1')).toBe(true);
  });

  it('refuses the token of another session, of a visitor and of another installation', () => {
    const elsewhere = new CsrfTokens(Buffer.alloc(32, 2));
    expect(tokens.holds(tokens.issue('s2'), 's1')).toBe(false);
    expect(tokens.holds(tokens.issue(null), 's1')).toBe(false);
    expect(tokens.holds(elsewhere.issue('s1'), 's1')).toBe(false);
  });

  it('cannot be fooled by a session that is named like a visitor', () => {
    expect(tokens.holds(tokens.issue(null), 'visitor')).toBe(false);
  });

  it.each([undefined, '', 'x', '%%%', 'a'.repeat(10_000)])('refuses %p', (token) => {
    expect(tokens.holds(token, 's1')).toBe(false);
  });
});

describe(isForeign.name, () => {
  const host = 'acme.localhost:8080';
  const silent = { origin: undefined, fetchSite: undefined, host };

  it('lets programs pass, which say nothing of origins', () => {
    expect(isForeign(silent)).toBe(false);
  });

  it('lets a page of the same origin pass', () => {
    expect(isForeign({ ...silent, origin: 'http://acme.localhost:8080', fetchSite: 'same-origin' })).toBe(
      false,
    );
    expect(isForeign({ ...silent, origin: 'https://acme.example', host: 'ACME.example:443' })).toBe(false);
    expect(isForeign({ ...silent, fetchSite: 'none' })).toBe(false);
  });

  it.each([
    'http://globex.localhost:8080',
    'http://acme.localhost:8081',
    'http://acme.localhost',
    'https://evil.example',
    'http://acme.localhost:8080.evil.example',
    'null',
    '',
    'not a url',
  ])('takes %p for foreign', (origin) => {
    expect(isForeign({ ...silent, origin })).toBe(true);
  });

  it.each(['cross-site', 'same-site', 'odd'])('takes Sec-Fetch-Site %p for foreign', (fetchSite) => {
    expect(isForeign({ ...silent, origin: 'http://acme.localhost:8080', fetchSite })).toBe(true);
  });
});
