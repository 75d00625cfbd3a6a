import { describe, expect, it } from '@jest/globals';
import { safeReturn } from './sign-in-flow.js';

describe(safeReturn.name, () => {
  it.each(['/courses/1?tab=notes#top', '/'])('keeps %s', (path) => {
    expect(safeReturn(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/\tevil',
    '/ evil',
    '/\u0000',
    '/a/..//evil.example',
    '/.//evil.example',
    '/auth/sso/x/start',
    '/api/v1/auth/logout',
    `/${'a'.repeat(1_001)}`,
  ])('leads to the front page instead of %s', (path) => {
    expect(safeReturn(path)).toBe('/');
  });
});
