import { describe, expect, it } from '@jest/globals';
import { visualOrder } from './reading-order.js';

describe(visualOrder, () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['ليلى الحسن', 'الحسن ليلى'],
    ['Safety in ليلى الحسن today', 'Safety in الحسن ليلى today'],
    ['دورة Fire Safety للجميع', 'للجميع Fire Safety دورة'],
    ['15 يناير 2026', '2026 يناير 15'],
  ])('sets %s as %s', (text, expected) => {
    expect(visualOrder(text).join('')).toBe(expected);
  });
});
