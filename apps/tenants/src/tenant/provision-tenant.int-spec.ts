import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPlatform } from '../../testing/index.js';
import { FakeShardGate } from '../placement/shard-gate.fake-gate.js';
import type { Placement } from '../placement/placement.js';
import { ProvisionTenant, type TenantWish } from './provision-tenant.use-case.js';

const wish = (slug: string, more: Partial<TenantWish> = {}): TenantWish => ({
  slug,
  name: slug,
  plan: 'enterprise',
  expectedUsers: 10,
  ...more,
});

// Databases are made here; a busy machine takes its time.
const HOOK = 60_000;

describe(ProvisionTenant.name, () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.create({ small: 2, medium: 1, dedicated: 1 });
  }, HOOK);
  afterAll(async () => {
    await platform.close();
  }, HOOK);
  const provision = (one: TenantWish, gate = platform.gate) =>
    platform.asOperator(() => platform.provisioner(gate).execute(one));
  const count = async (table: string, where = 'true') => {
    const [row] = await platform.directory.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM directory.${table} WHERE ${where}`,
    );
    return row?.n;
  };

  it('makes a tenant that routers find by slug and host, and that its shard lets in', async () => {
    const { id } = await provision(wish('alpha'));
    await platform.router.refresh(id);
    expect(await platform.router.tenantBySlug('alpha')).toMatchObject({
      id,
      status: 'active',
      plan: 'enterprise',
    });
    expect(await platform.router.tenantByHost('alpha.harka.example')).toMatchObject({ id });
    const { shard, epoch } = await platform.router.placement(id);
    await expect(platform.control.admitTenant(shard, id, epoch)).resolves.toBeUndefined();
    await expect(platform.control.admitTenant(shard, id, epoch - 1)).rejects.toThrow();
  });

  it('places by size: pools up to 1000, a database of its own above', async () => {
    const { id: medium } = await provision(wish('medium', { expectedUsers: 101 }));
    expect((await platform.router.placement(medium)).shard).toBe('medium-1');
    const { id: large } = await provision(wish('large', { expectedUsers: 1_001 }));
    expect((await platform.router.placement(large)).shard).toBe('dedicated-1');
    await expect(provision(wish('second-large', { expectedUsers: 1_001 }))).rejects.toMatchObject({
      code: 'placement.no_dedicated_shard',
      message: expect.stringContaining('HARKA_SHARDS'),
    });
    expect(await count('tenants', `slug = 'second-large'`)).toBe(0);
  });

  it('gives a free dedicated shard to exactly one of those who want it at once', async () => {
    await platform.directory.query(
      `INSERT INTO directory.shards (name, tier, url)
       SELECT 'dedicated-2', tier, url || '?another' FROM directory.shards WHERE name = 'dedicated-1'`,
    );
    const rivals = ['rival-a', 'rival-b', 'rival-c', 'rival-d'];
    const outcomes = await Promise.allSettled(
      rivals.map((slug) => provision(wish(slug, { expectedUsers: 5_000 }), new FakeShardGate())),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await count('placements', `shard_name = 'dedicated-2'`)).toBe(1);
  });

  it('lets exactly one of many win a slug that they want at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => provision(wish('wanted', { name: `Wanted ${index}` }))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'tenant.slug_taken' });
    }
  });

  it('answers one and the same tenant to all who ask for the same at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => provision(wish('same'))));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const id = made[0]?.id ?? '';
    expect(await count('outbox', `tenant_id = '${id}'`)).toBe(1);
    expect(await count('placements', `tenant_id = '${id}'`)).toBe(1);
  });

  it.each([
    ['before the gate', async () => Promise.reject(new Error('killed'))],
    [
      'after the gate',
      async (placement: Placement) => {
        await platform.gate.admit(placement);
        throw new Error('killed');
      },
    ],
  ])('finishes what a call began that was killed %s', async (when, admit) => {
    const slug = when.replaceAll(' ', '-');
    await expect(provision(wish(slug), { admit })).rejects.toThrow('killed');
    expect(await platform.router.tenantBySlug(slug)).toMatchObject({ status: 'provisioning' });
    const { id } = await provision(wish(slug));
    expect(await platform.router.refresh(id)).toMatchObject({ state: 'active' });
    expect(await platform.router.tenantBySlug(slug)).toMatchObject({ id, status: 'active' });
    expect(await count('outbox', `tenant_id = '${id}'`)).toBe(1);
  });

  it('leaves nothing behind when the directory refuses', async () => {
    const before = await count('tenants');
    // The subdomain is taken, as no other way leads here.
    await platform.directory.query(
      `INSERT INTO directory.domains (host, tenant_id, kind, state)
       SELECT 'collision.harka.example', id, 'subdomain', 'verified' FROM directory.tenants WHERE slug = 'alpha'`,
    );
    await expect(provision(wish('collision'))).rejects.toMatchObject({ code: 'domain.taken' });
    expect(await count('tenants')).toBe(before);
    expect(await count('placements', `tenant_id NOT IN (SELECT id FROM directory.tenants)`)).toBe(0);
  });

  it('makes 100 tenants in under 60 seconds', async () => {
    const start = performance.now();
    const slugs = Array.from({ length: 100 }, (_, index) => `many-${index}`);
    while (slugs.length > 0) await Promise.all(slugs.splice(0, 4).map((slug) => provision(wish(slug))));
    const seconds = (performance.now() - start) / 1000;
    expect(await count('tenants', `slug LIKE 'many-%' AND status = 'active'`)).toBe(100);
    expect(seconds).toBeLessThan(60);
  }, 90_000);

  it('numbers changes in the order of their commits, without a gap', async () => {
    const seen = await platform.directory.query<{ seq: number }>(
      `SELECT change_seq::int AS seq FROM directory.change_head`,
    );
    const head = seen[0]?.seq ?? 0;
    const follower: number[] = [];
    const done = new AbortController();
    const following = (async () => {
      while (!done.signal.aborted || follower.length === 0) {
        const rows = await platform.directory.query<{ seq: number }>(
          'SELECT change_seq::int AS seq FROM directory.outbox WHERE change_seq > $1 ORDER BY change_seq',
          [follower.at(-1) ?? head],
        );
        follower.push(...rows.map(({ seq }) => seq));
      }
    })();
    await Promise.all(Array.from({ length: 20 }, (_, index) => provision(wish(`order-${index}`))));
    done.abort();
    await following;
    const rows = await platform.directory.query<{ seq: number }>(
      'SELECT change_seq::int AS seq FROM directory.outbox WHERE change_seq > $1 ORDER BY change_seq',
      [head],
    );
    // A follower that asks for what is newer than the last it saw has seen everything.
    const missed = rows
      .map(({ seq }) => seq)
      .filter((seq) => seq <= (follower.at(-1) ?? 0) && !follower.includes(seq));
    expect(missed).toEqual([]);
    expect(rows).toHaveLength(20);
  });
});
