import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { WorkQueue } from './work-queue.js';

const quiet = { concurrency: 2, firstPause: 5, longestPause: 20, onFailure: () => undefined };

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(1);
}

describe(WorkQueue.name, () => {
  it('works on a key alone, and again when it was asked for meanwhile, but once', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    let letGo = (): void => undefined;
    const queue = new WorkQueue(async () => {
      running += 1;
      most = Math.max(most, running);
      runs += 1;
      if (runs === 1) await new Promise<void>((resolve) => (letGo = resolve));
      running -= 1;
    }, quiet);
    queue.add('a');
    await until(() => runs === 1);
    for (let count = 0; count < 5; count += 1) queue.add('a');
    letGo();
    await until(() => runs === 2);
    await queue.stop();
    expect([most, runs]).toEqual([1, 2]);
  });

  it('works on as many keys at once as it may', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const queue = new WorkQueue(async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1);
      running -= 1;
      done += 1;
    }, quiet);
    for (let key = 0; key < 20; key += 1) queue.add(String(key));
    await until(() => done === 20);
    expect([most, queue.depth]).toEqual([2, 0]);
  });

  it('tries again what failed, later each time, and forgets that when it went well', async () => {
    const pauses: number[] = [];
    let runs = 0;
    const queue = new WorkQueue(
      async () => {
        runs += 1;
        if (runs < 5) throw new Error('not yet');
      },
      { ...quiet, random: () => 1, onFailure: (_key, _error, pause) => pauses.push(pause) },
    );
    queue.add('a');
    await until(() => runs === 5);
    expect(pauses).toEqual([5, 10, 20, 20]);
  });

  it('waits for what is under way when it stops, and begins nothing more', async () => {
    let done = 0;
    const queue = new WorkQueue(
      async () => {
        await sleep(5);
        done += 1;
      },
      { ...quiet, concurrency: 1 },
    );
    queue.add('a');
    queue.add('b');
    await queue.stop();
    queue.add('c');
    await sleep(20);
    expect(done).toBe(1);
  });
});
