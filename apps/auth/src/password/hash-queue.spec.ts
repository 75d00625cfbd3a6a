import { describe, expect, it } from '@jest/globals';
import { HashQueue } from './hash-queue.js';

/** Work that ends when the test says so. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe(HashQueue.name, () => {
  it('runs no more than so many at once', async () => {
    const queue = new HashQueue({ concurrent: 2, waiting: 10, realmShare: 1 });
    const { opened, open } = gate();
    let running = 0;
    let most = 0;
    const all = Array.from({ length: 6 }, () =>
      queue.run('a', async () => {
        running += 1;
        most = Math.max(most, running);
        await opened;
        running -= 1;
      }),
    );
    await settle();
    open();
    await Promise.all(all);
    expect(most).toBe(2);
  });

  it('refuses at once what is beyond the places to wait, and beyond the share of one tenant', async () => {
    const queue = new HashQueue({ concurrent: 1, waiting: 4, realmShare: 0.5 });
    const { opened, open } = gate();
    const first = queue.run('a', () => opened);
    const waiting = ['a', 'a', 'b'].map((realm) => queue.run(realm, () => opened));
    await expect(queue.run('a', () => opened)).rejects.toMatchObject({
      code: 'auth.busy',
      kind: 'unavailable',
    });
    const last = queue.run('c', () => opened);
    await expect(queue.run('d', () => opened)).rejects.toMatchObject({ code: 'auth.busy' });
    open();
    await Promise.all([first, ...waiting, last]);
    await expect(queue.run('a', async () => 'again')).resolves.toBe('again');
  });

  it('lets tenants take turns', async () => {
    const queue = new HashQueue({ concurrent: 1, waiting: 10, realmShare: 1 });
    const { opened, open } = gate();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(name);
    };
    const first = queue.run('a', () => opened);
    const rest = ['a', 'a', 'a', 'b'].map((realm, index) => queue.run(realm, work(`${realm}${index}`)));
    open();
    await Promise.all([first, ...rest]);
    expect(order).toEqual(['a0', 'b3', 'a1', 'a2']);
  });

  it('gives the place on when the work fails', async () => {
    const queue = new HashQueue({ concurrent: 1, waiting: 10, realmShare: 1 });
    await expect(queue.run('a', async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(queue.run('a', async () => 1)).resolves.toBe(1);
  });
});
