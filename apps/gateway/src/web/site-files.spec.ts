import { describe, expect, it } from '@jest/globals';
import { encodingFor } from './site-files.js';

describe(encodingFor.name, () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.5', 'br'],
    ['GZIP', 'gzip'],
    ['identity', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
  ])('answers %p with %s', (header, encoding) => {
    expect(encodingFor(header)).toBe(encoding);
  });
});
