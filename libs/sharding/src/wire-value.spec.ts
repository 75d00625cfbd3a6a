import { describe, expect, it } from '@jest/globals';
import { toWire } from './wire-value.js';

describe(toWire.name, () => {
  it.each([
    ['text', 'text'],
    [12.5, '12.5'],
    [9007199254740993n, '9007199254740993'],
    [true, 'true'],
    [null, null],
    [undefined, null],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [{ a: [1] }, '{"a":[1]}'],
    [[], '{}'],
    [['a', null, 'c"\\d', ''], '{"a",NULL,"c\\"\\\\d",""}'],
    [[[1, 2], [3]], '{{"1","2"},{"3"}}'],
    [[Buffer.from([1, 255])], '{"\\\\x01ff"}'],
  ])('sends %p as %p', (value, wire) => {
    expect(toWire(value)).toEqual(wire);
  });

  it('sends bytes as bytes', () => {
    expect(toWire(new Uint8Array([1, 2]))).toEqual(Buffer.from([1, 2]));
  });

  it('refuses what is no value', () => {
    expect(() => toWire(Symbol('x'))).toThrow(TypeError);
    expect(() => toWire(() => 1)).toThrow(TypeError);
  });
});
