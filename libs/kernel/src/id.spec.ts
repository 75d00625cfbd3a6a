import { describe, expect, it } from '@jest/globals';
import { newId } from './id.js';

describe(newId.name, () => {
  it('is a version 7 UUID of the RFC 9562 variant', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by the time of its creation', () => {
    expect(newId(1_000) < newId(2_000)).toBe(true);
    expect(newId(Date.UTC(2026, 0, 1)) < newId(Date.UTC(2200, 0, 1))).toBe(true);
  });

  it('does not repeat within one millisecond', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId(1_000)));
    expect(ids.size).toBe(10_000);
  });
});
