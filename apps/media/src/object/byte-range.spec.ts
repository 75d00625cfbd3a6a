import { describe, expect, it } from '@jest/globals';
import { rangeOf } from './byte-range.js';

describe(rangeOf.name, () => {
  it.each([
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=0-99', { first: 0, last: 99 }],
    ['bytes=10-', { first: 10, last: 99 }],
    ['bytes=90-500', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
  ])('reads %p of 100 bytes', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('finds %p out of range', (header) => {
    expect(rangeOf(header, 100)).toBe('out_of_range');
  });

  it.each([undefined, '', 'bytes=-', 'bytes=a-b', 'bytes=5-2', 'bytes=0-1,5-6', 'items=0-1', 'bytes=0-1 x'])(
    'sends everything for %p',
    (header) => {
      expect(rangeOf(header, 100)).toBeNull();
    },
  );
});
