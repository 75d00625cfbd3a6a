import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { within } from './patience.js';

describe(within.name, () => {
  it('passes an answer and a failure on', async () => {
    expect(await within(50, Promise.resolve(1))).toBe(1);
    await expect(within(50, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('waits no longer than it was told to', async () => {
    await expect(within(10, new Promise(() => undefined))).rejects.toThrow('within 10 ms');
  });

  it('leaves nothing unhandled when a failure comes too late', async () => {
    const failing = pause(30).then(() => Promise.reject(new Error('late')));
    await expect(within(10, failing)).rejects.toThrow('within 10 ms');
    await pause(40);
  });
});
