import { describe, expect, it } from '@jest/globals';
import { contrast, explainContrast, formatRatio, unreadablePairs } from './contrast.js';

describe(contrast.name, () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.478],
    ['#767676', '#ffffff', 4.542],
    ['#ff0000', '#ffffff', 3.998],
    ['#0000ff', '#ffffff', 8.592],
    ['#ffff00', '#ffffff', 1.074],
    ['#ffcc00', '#ffffff', 1.513],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });
});

describe(unreadablePairs.name, () => {
  it('accepts #767676, the lightest grey that passes, and refuses #777777', () => {
    expect(unreadablePairs({ primaryColor: '#767676', secondaryColor: '#000000' })).toEqual([]);
    expect(unreadablePairs({ primaryColor: '#777777', secondaryColor: '#000000' })).toHaveLength(1);
  });

  it('names both colours when both fail', () => {
    const pairs = unreadablePairs({ primaryColor: '#ffcc00', secondaryColor: '#eeeeee' });
    expect(pairs.map(({ color }) => color)).toEqual(['primaryColor', 'secondaryColor']);
  });

  it('suggests a shade that passes', () => {
    for (const color of ['#ffcc00', '#00ff00', '#ffffff', '#777777']) {
      const [pair] = unreadablePairs({ primaryColor: color, secondaryColor: '#000000' });
      expect(contrast('#ffffff', pair?.suggestion ?? '')).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('tells the ratio in words', () => {
    const [pair] = unreadablePairs({ primaryColor: '#ffcc00', secondaryColor: '#000000' });
    expect(pair && explainContrast(pair)).toBe(
      '#ffffff on #ffcc00 has a contrast of 1.51:1; WCAG AA asks for 4.5:1. #8e7200 is the nearest darker shade that passes.',
    );
  });
});

describe(formatRatio.name, () => {
  it('does not round a miss up to the threshold', () => {
    expect(formatRatio(4.4999)).toBe('4.49:1');
  });
});
