import { describe, expect, it } from '@jest/globals';
import { versionsIn } from './version-params.js';

describe(versionsIn.name, () => {
  it.each([
    [
      { from: 1, to: 2 },
      { from: 1, to: 2 },
    ],
    [{ from: '3' }, { from: 3 }],
    [{ from: 0, to: -1 }, {}],
    [{ from: 'x', to: 1.5 }, {}],
    [{}, {}],
  ])('reads %j as %j', (search, expected) => {
    expect(versionsIn(search)).toEqual(expected);
  });
});
