import { describe, expect, it } from '@jest/globals';
import { BoundedMap } from './bounded-map.js';

describe(BoundedMap.name, () => {
  it('drops the oldest entry when it is full', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([undefined, 2, 3, 2]);
  });

  it('replaces an entry without dropping another', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('b', 3);
    expect([map.get('a'), map.get('b')]).toEqual([1, 3]);
  });

  it('sweeps what it is told to', () => {
    const map = new BoundedMap<string, number>(5);
    for (const [index, key] of ['a', 'b', 'c'].entries()) map.set(key, index);
    map.sweep((value) => value > 0);
    expect([map.get('a'), map.get('b'), map.size]).toEqual([0, undefined, 1]);
  });
});
