import { describe, expect, it } from '@jest/globals';
import { safeNext } from './safe-next.js';

describe(safeNext.name, () => {
  it.each(['/', '/catalogue?q=fire', '/learn/1/2#notes'])('goes on to %s', (next) => {
    expect(safeNext(next)).toBe(next);
  });

  it.each([
    undefined,
    '',
    'https://evil.example/',
    '//evil.example/x',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/sign-in',
  ])('stays at home instead of %j', (next) => {
    expect(safeNext(next)).toBe('/');
  });
});
