import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { KeyedWork } from './keyed-work.js';

function recorded(concurrency: number) {
  const runs: string[] = [];
  let [now, most] = [0, 0];
  const work = new KeyedWork(concurrency, async (key) => {
    now += 1;
    most = Math.max(most, now);
    runs.push(key);
    await delay(5);
    now -= 1;
  });
  return { work, runs, most: () => most };
}

describe(KeyedWork.name, () => {
  it('works on a few keys at a time', async () => {
    const { work, runs, most } = recorded(2);
    for (const key of ['a', 'b', 'c', 'd']) work.add(key);
    await delay(60);
    expect(runs).toEqual(['a', 'b', 'c', 'd']);
    expect(most()).toBe(2);
  });

  it('works once on a key that was added often, and once more on one that is added meanwhile', async () => {
    const { work, runs } = recorded(1);
    for (let n = 0; n < 5; n += 1) work.add('a');
    await delay(1);
    work.add('a');
    work.add('a');
    await delay(60);
    expect(runs).toEqual(['a', 'a']);
  });

  it('does not let a key that is worked on hold up the others', async () => {
    const { work, runs } = recorded(2);
    work.add('a');
    work.add('a');
    work.add('b');
    await delay(2);
    expect(runs).toEqual(['a', 'b']);
    await work.stop();
  });

  it('waits for what is under way when it is stopped, and starts nothing new', async () => {
    const { work, runs } = recorded(1);
    work.add('a');
    work.add('b');
    work.addLater('c', 1);
    await work.stop();
    work.add('d');
    await delay(20);
    expect(runs).toEqual(['a']);
  });
});
