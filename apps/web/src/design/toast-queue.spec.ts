import { beforeEach, describe, expect, it } from '@jest/globals';
import { ToastQueue } from './toast-queue.js';

describe(ToastQueue.name, () => {
  let due: (() => void)[];
  let queue: ToastQueue;

  beforeEach(() => {
    due = [];
    queue = new ToastQueue((work) => due.push(work));
  });

  const texts = (): string[] => queue.current().map(({ text }) => text);

  it('shows at most three at a time, the newest last', () => {
    for (const text of ['a', 'b', 'c', 'd']) queue.show(text);
    expect(texts()).toEqual(['b', 'c', 'd']);
  });

  it('takes each away when its time is over', () => {
    queue.show('a');
    queue.show('b');
    due[0]?.();
    expect(texts()).toEqual(['b']);
  });

  it('tells whoever listens, until they stop listening', () => {
    let heard = 0;
    const stop = queue.subscribe(() => heard++);
    queue.show('a');
    stop();
    queue.show('b');
    expect(heard).toBe(1);
  });
});
