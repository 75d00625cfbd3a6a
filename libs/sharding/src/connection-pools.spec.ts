import { afterEach, describe, expect, it } from '@jest/globals';
import { ConnectionPools, defaultPoolLimits, type PoolLimits, type PoolTarget } from './connection-pools.js';
import type { PooledConnection } from './shard-connection.js';

class FakeConnection implements PooledConnection {
  isOpen = true;
  private listener: () => void = () => undefined;

  constructor(readonly shard: string) {}

  async run() {
    return [];
  }

  onLost(listener: () => void): void {
    this.listener = listener;
  }

  async close(): Promise<void> {
    this.drop();
  }

  drop(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.listener();
  }
}

const small = (shard: string): PoolTarget => ({ shard, tier: 'small', url: `postgres://host/${shard}` });
const dedicated: PoolTarget = { ...small('own'), tier: 'dedicated' };
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe(ConnectionPools.name, () => {
  const opened: FakeConnection[] = [];
  const all: ConnectionPools[] = [];
  let outage: Error | undefined;
  let attempts = 0;

  function pools(limits: Partial<PoolLimits> = {}): ConnectionPools {
    const connect = async ({ shard }: PoolTarget) => {
      attempts += 1;
      await Promise.resolve();
      if (outage !== undefined) throw outage;
      const connection = new FakeConnection(shard);
      opened.push(connection);
      return connection;
    };
    const made = new ConnectionPools(connect, {
      ...defaultPoolLimits,
      waitMs: 60,
      idleMs: 10_000,
      ...limits,
    });
    all.push(made);
    return made;
  }
  const open = () => opened.filter(({ isOpen }) => isOpen).length;

  afterEach(async () => {
    await Promise.all(all.splice(0).map((made) => made.close()));
    const left = open();
    opened.length = 0;
    outage = undefined;
    expect(left).toBe(0);
  });

  it('opens nothing before it is asked and uses a connection again', async () => {
    const made = pools();
    expect(open()).toBe(0);
    const first = await made.lease(small('s1'), 'a');
    first.release();
    const second = await made.lease(small('s1'), 'b');
    expect(second.connection).toBe(first.connection);
    second.release();
    expect(open()).toBe(1);
  });

  it('does not hand a connection back twice', async () => {
    const made = pools();
    const lease = await made.lease(small('s1'), 'a');
    lease.release();
    lease.release();
    const [one, other] = await Promise.all([made.lease(small('s1'), 'a'), made.lease(small('s1'), 'b')]);
    expect(one.connection).not.toBe(other.connection);
    one.release();
    other.release();
  });

  it('holds to the cap of a shard and lets the next wait', async () => {
    const made = pools({ perShard: 2, tenantShare: 1 });
    const [first, second] = await Promise.all([made.lease(small('s1'), 'a'), made.lease(small('s1'), 'a')]);
    const third = made.lease(small('s1'), 'a');
    await soon();
    expect(open()).toBe(2);
    expect(made.stats()).toEqual([{ shard: 's1', open: 2, idle: 0, waiting: 1 }]);
    first.release();
    (await third).release();
    second.release();
  });

  it('says that it is unavailable when none comes free in time', async () => {
    const made = pools({ perShard: 1, tenantShare: 1 });
    const held = await made.lease(small('s1'), 'a');
    await expect(made.lease(small('s1'), 'b')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'database.unavailable',
      retryAfterSeconds: 1,
    });
    held.release();
    (await made.lease(small('s1'), 'b')).release();
  });

  it('refuses at once when too many wait', async () => {
    const made = pools({ perShard: 1, tenantShare: 1, waiting: 1 });
    const held = await made.lease(small('s1'), 'a');
    const waits = made.lease(small('s1'), 'b');
    await expect(made.lease(small('s1'), 'c')).rejects.toMatchObject({ code: 'database.unavailable' });
    held.release();
    (await waits).release();
  });

  it('leaves room on a shared shard for others, whatever one tenant asks', async () => {
    const made = pools({ perShard: 4, tenantShare: 0.5 });
    const greedy = Array.from({ length: 20 }, () => made.lease(small('s1'), 'greedy').catch(() => undefined));
    await soon();
    expect(open()).toBe(2);
    const modest = await made.lease(small('s1'), 'modest');
    modest.release();
    (await Promise.all(greedy)).forEach((lease) => lease?.release());
  });

  it('gives all of a dedicated shard to its tenant', async () => {
    const made = pools({ perShard: 4, tenantShare: 0.5 });
    const leases = await Promise.all(Array.from({ length: 4 }, () => made.lease(dedicated, 'a')));
    expect(open()).toBe(4);
    leases.forEach((lease) => {
      lease.release();
    });
  });

  it('serves tenants that wait in turn', async () => {
    const made = pools({ perShard: 1, tenantShare: 1, waitMs: 1_000 });
    const order: string[] = [];
    const held = await made.lease(small('s1'), 'x');
    const ask = async (tenant: string) => {
      const lease = await made.lease(small('s1'), tenant);
      order.push(tenant);
      lease.release();
    };
    const asked = [ask('a'), ask('a'), ask('a'), ask('b')];
    held.release();
    await Promise.all(asked);
    expect(order.slice(0, 2)).toEqual(['a', 'b']);
  });

  it('keeps to the total by closing what has been idle longest elsewhere', async () => {
    const made = pools({ total: 2 });
    (await made.lease(small('s1'), 'a')).release();
    await soon();
    (await made.lease(small('s2'), 'a')).release();
    (await made.lease(small('s3'), 'a')).release();
    expect(opened.map(({ shard, isOpen }) => [shard, isOpen])).toEqual([
      ['s1', false],
      ['s2', true],
      ['s3', true],
    ]);
  });

  it('lets a shard wait for room under the total until another gives a connection back', async () => {
    const made = pools({ total: 1, waitMs: 1_000 });
    const held = await made.lease(small('s1'), 'a');
    const waits = made.lease(small('s2'), 'a');
    await soon();
    expect(open()).toBe(1);
    held.release();
    (await waits).release();
    expect(opened.map(({ shard, isOpen }) => [shard, isOpen])).toEqual([
      ['s1', false],
      ['s2', true],
    ]);
  });

  it('closes connections that nobody used for a while', async () => {
    const made = pools({ idleMs: 30 });
    (await made.lease(small('s1'), 'a')).release();
    expect(open()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(open()).toBe(0);
    expect(made.stats()).toEqual([]);
  });

  it('forgets connections that were lost, idle or at work', async () => {
    const made = pools();
    const lease = await made.lease(small('s1'), 'a');
    opened[0]?.drop();
    lease.release();
    (await made.lease(small('s1'), 'a')).release();
    opened[1]?.drop();
    expect(made.stats()).toMatchObject([{ open: 0, idle: 0 }]);
    (await made.lease(small('s1'), 'a')).release();
    expect(opened).toHaveLength(3);
  });

  it('fails at once while a shard is down, tries again soon, and recovers', async () => {
    const made = pools({ waitMs: 5_000 });
    outage = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const start = performance.now();
    attempts = 0;
    await expect(made.lease(small('s1'), 'a')).rejects.toMatchObject({ code: 'database.unavailable' });
    await expect(made.lease(small('s1'), 'a')).rejects.toMatchObject({ code: 'database.unavailable' });
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(attempts).toBe(1);
    outage = undefined;
    (await made.lease(small('s2'), 'a')).release();
    await new Promise((resolve) => setTimeout(resolve, 250));
    (await made.lease(small('s1'), 'a')).release();
  });

  it('a shard that is down does not use up the total', async () => {
    const made = pools({ total: 1 });
    outage = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    await expect(made.lease(small('s1'), 'a')).rejects.toMatchObject({ code: 'database.unavailable' });
    outage = undefined;
    (await made.lease(small('s2'), 'a')).release();
  });

  it('follows a shard to its new address and lets the old connections run out', async () => {
    const made = pools({ idleMs: 30 });
    const old = await made.lease(small('s1'), 'a');
    const moved = { ...small('s1'), url: 'postgres://elsewhere/s1' };
    const fresh = await made.lease(moved, 'a');
    expect(fresh.connection).not.toBe(old.connection);
    old.release();
    fresh.release();
    const again = await made.lease(moved, 'a');
    expect(again.connection).toBe(fresh.connection);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(open()).toBe(1);
    again.release();
  });

  it('gives nothing out once closed', async () => {
    const made = pools();
    await made.close();
    await expect(made.lease(small('s1'), 'a')).rejects.toMatchObject({ code: 'database.unavailable' });
  });

  it('never exceeds its caps under a random load', async () => {
    const made = pools({ perShard: 3, total: 7, tenantShare: 0.67, waitMs: 5_000 });
    let most = 0;
    const held = new Map<string, number>();
    const work = async (index: number) => {
      const shard = `s${index % 5}`;
      const lease = await made.lease(small(shard), `t${index % 11}`);
      held.set(shard, (held.get(shard) ?? 0) + 1);
      expect(held.get(shard)).toBeLessThanOrEqual(3);
      most = Math.max(most, open());
      await new Promise((resolve) => setTimeout(resolve, index % 3));
      held.set(shard, (held.get(shard) ?? 1) - 1);
      lease.release(index % 17 === 0);
    };
    await Promise.all(Array.from({ length: 400 }, (_, index) => work(index)));
    expect(most).toBeLessThanOrEqual(7);
    expect(most).toBeGreaterThan(5);
  });
});
