import { describe, expect, it } from '@jest/globals';
import { textParam } from './search-param.js';

describe(textParam.name, () => {
  it.each([
    [{ q: 'fire' }, { q: 'fire' }],
    [{ q: 2026 }, { q: '2026' }],
    [{ q: '' }, {}],
    [{ q: ['a'] }, {}],
    [{}, {}],
  ])('reads %j as %j', (search, expected) => {
    expect(textParam(search, 'q')).toEqual(expected);
  });
});
