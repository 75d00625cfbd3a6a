import { afterEach, describe, expect, it } from '@jest/globals';
import type { HostRow, KeyRow, RouteRow, ShardRow } from './directory-map.js';
import type { DirectoryKind, DirectoryRows, DirectorySource } from './directory-source.js';
import { FollowedDirectory, type FollowOptions } from './followed-directory.js';

const A = '0192f0c1-2f5e-7abc-8def-00000000000a';
const B = '0192f0c1-2f5e-7abc-8def-00000000000b';

type Numbered<T> = T & { change_seq: string };

/** A directory database in memory: rows by key, each with the number of its last change. */
class FakeSource implements DirectorySource {
  private readonly rows = new Map<
    string,
    { kind: DirectoryKind; row: Numbered<DirectoryRows[DirectoryKind]> }
  >();
  private seq = 0;
  looks = 0;
  reads = 0;
  outage: Error | undefined;
  slowness = 0;

  put<K extends DirectoryKind>(kind: K, key: string, row: DirectoryRows[K]): void {
    this.seq += 1;
    this.rows.set(`${kind} ${key}`, { kind, row: { ...row, change_seq: String(this.seq) } });
  }

  route(id: string, overrides: Partial<RouteRow> = {}): void {
    const row: RouteRow = {
      ...{ id, slug: `slug-${id.slice(-1)}`, name: 'Name', plan: 'starter', status: 'active' },
      ...{ branding: {}, settings: {}, shard: 's1', tier: 'small', url: 'postgres://host/s1' },
      ...{ epoch: '1', state: 'active' },
      ...overrides,
    };
    this.put('route', id, row);
  }

  host(host: string, tenantId: string, state: HostRow['state'] = 'verified'): void {
    this.put('host', host, { host, tenant_id: tenantId, state });
  }

  key(prefix: string, overrides: Partial<KeyRow> = {}): void {
    const hash = Buffer.from('hash');
    const row: KeyRow = {
      prefix,
      tenant_id: A,
      hash,
      scopes: [],
      role: 'viewer',
      revoked_at: null,
      expires_at: null,
    };
    this.put('key', prefix, { ...row, ...overrides });
  }

  shard(name: string, overrides: Partial<ShardRow> = {}): void {
    this.put('shard', name, {
      name,
      tier: 'small',
      url: `postgres://host/${name}`,
      state: 'open',
      ...overrides,
    });
  }

  async head(): Promise<number> {
    this.looks += 1;
    const { seq } = this;
    await new Promise((resolve) => setTimeout(resolve, this.slowness));
    if (this.outage !== undefined) throw this.outage;
    return seq;
  }

  async changed<K extends DirectoryKind>(kind: K, after: number, limit: number) {
    this.reads += 1;
    if (this.outage !== undefined) throw this.outage;
    return [...this.rows.values()]
      .filter((entry) => entry.kind === kind && Number(entry.row.change_seq) > after)
      .map((entry) => entry.row as unknown as Numbered<DirectoryRows[K]>)
      .sort((one, other) => Number(one.change_seq) - Number(other.change_seq))
      .slice(0, limit);
  }

  async close(): Promise<void> {
    // Nothing to let go of.
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe(FollowedDirectory.name, () => {
  const all: FollowedDirectory[] = [];

  function follow(source: FakeSource, options: FollowOptions = {}): FollowedDirectory {
    const directory = new FollowedDirectory(source, { pollMs: 60_000, missMs: 10, ...options });
    all.push(directory);
    return directory;
  }

  afterEach(async () => {
    await Promise.all(all.splice(0).map((directory) => directory.close()));
  });

  it('finds a tenant by id, slug, proved host and key', async () => {
    const source = new FakeSource();
    source.shard('s1');
    source.route(A);
    source.host('learn.acme.example', A);
    source.host('pending.acme.example', A, 'pending');
    source.key('hk_a');
    const directory = follow(source);
    expect(await directory.tenantById(A)).toMatchObject({ id: A, slug: 'slug-a' });
    expect(await directory.tenantBySlug('slug-a')).toMatchObject({ id: A });
    expect(await directory.tenantByHost('learn.acme.example')).toMatchObject({ id: A });
    expect(await directory.tenantByHost('pending.acme.example')).toBeNull();
    expect(await directory.hostClaim('pending.acme.example')).toEqual({ tenantId: A, state: 'pending' });
    expect(await directory.hostClaim('learn.acme.example')).toBeNull();
    expect(await directory.apiKey('hk_a')).toMatchObject({ tenantId: A, revoked: false });
    expect(await directory.placement(A)).toEqual({
      ...{ tenantId: A, shard: 's1', tier: 'small', url: 'postgres://host/s1', epoch: 1, state: 'active' },
    });
    expect(await directory.shards()).toHaveLength(1);
    expect(await directory.tenants()).toHaveLength(1);
  });

  it('asks nothing of the directory for what it knows', async () => {
    const source = new FakeSource();
    source.route(A);
    const directory = follow(source);
    await directory.placement(A);
    const { looks } = source;
    for (let index = 0; index < 1_000; index += 1) await directory.tenantBySlug('slug-a');
    expect(source.looks).toBe(looks);
  });

  it('loads once however many ask at the start', async () => {
    const source = new FakeSource();
    source.slowness = 20;
    source.route(A);
    const directory = follow(source);
    await Promise.all(Array.from({ length: 50 }, () => directory.placement(A)));
    expect(source.looks).toBe(1);
  });

  it('sees a change without being told', async () => {
    const source = new FakeSource();
    source.route(A);
    const directory = follow(source, { pollMs: 20 });
    await directory.placement(A);
    source.route(A, { epoch: '7', shard: 's2' });
    await pause(120);
    expect(await directory.placement(A)).toMatchObject({ epoch: 7, shard: 's2' });
  });

  it('sees a change at once when hinted, and says whom it concerns', async () => {
    const source = new FakeSource();
    source.route(A);
    source.route(B);
    const directory = follow(source);
    await directory.placement(A);
    const heard: string[] = [];
    const stop = directory.onChange((id) => heard.push(id));
    source.key('hk_b', { tenant_id: B, revoked_at: new Date() });
    directory.hint();
    await pause(10);
    expect(heard).toEqual([B]);
    expect(await directory.apiKey('hk_b')).toMatchObject({ revoked: true });
    stop();
    source.route(A);
    directory.hint();
    await pause(10);
    expect(heard).toEqual([B]);
  });

  it('tells everybody of a change even if somebody fails to listen', async () => {
    const source = new FakeSource();
    source.route(A);
    const errors: unknown[] = [];
    const directory = follow(source, { onError: (error) => errors.push(error) });
    await directory.placement(A);
    const heard: string[] = [];
    directory.onChange(() => {
      throw new Error('deaf');
    });
    directory.onChange((id) => heard.push(id));
    source.route(A, { epoch: '2' });
    await directory.refresh(A);
    expect(heard).toEqual([A]);
    expect(errors).toHaveLength(1);
  });

  it('refreshes by a look that began after it was asked', async () => {
    const source = new FakeSource();
    source.route(A);
    const directory = follow(source);
    await directory.placement(A);
    source.slowness = 20;
    const early = directory.refresh(A);
    await pause(5);
    source.route(A, { epoch: '2' });
    const [, late] = await Promise.all([early, directory.refresh(A)]);
    expect(late.epoch).toBe(2);
  });

  it('finds a tenant that was made a moment ago', async () => {
    const source = new FakeSource();
    source.route(A);
    const directory = follow(source);
    await directory.placement(A);
    expect(await directory.tenantBySlug('nobody')).toBeNull();
    await pause(30);
    source.route(B);
    expect(await directory.tenantBySlug('slug-b')).toMatchObject({ id: B });
    await pause(30);
    source.host('new.example', B);
    expect(await directory.tenantByHost('new.example')).toMatchObject({ id: B });
    source.key('hk_new');
    expect(await directory.apiKey('hk_new')).toMatchObject({ tenantId: A });
  });

  it('forgets a removed host, a removed key, an old slug and the slug of an erased tenant', async () => {
    const source = new FakeSource();
    source.route(A);
    source.route(B);
    source.host('learn.acme.example', A);
    source.key('hk_a');
    const directory = follow(source);
    await directory.placement(A);
    source.host('learn.acme.example', A, 'removed');
    source.key('hk_a', { role: 'none' });
    source.route(A, { slug: 'renamed' });
    source.route(B, { status: 'deleted' });
    await directory.refresh(A);
    expect(await directory.tenantByHost('learn.acme.example')).toBeNull();
    expect(await directory.apiKey('hk_a')).toBeNull();
    expect(await directory.tenantBySlug('slug-a')).toBeNull();
    expect(await directory.tenantBySlug('renamed')).toMatchObject({ id: A });
    expect(await directory.tenantBySlug('slug-b')).toBeNull();
  });

  it('gives a slug to whoever took it over', async () => {
    const source = new FakeSource();
    source.route(A, { slug: 'same' });
    const directory = follow(source);
    await directory.placement(A);
    source.route(B, { slug: 'same' });
    source.route(A, { slug: 'other' });
    await directory.refresh(A);
    expect(await directory.tenantBySlug('same')).toMatchObject({ id: B });
  });

  it('lets strangers cause few looks, however many names they try', async () => {
    const source = new FakeSource();
    const directory = follow(source, { missMs: 50 });
    await directory.shards();
    const before = source.looks;
    const start = performance.now();
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        Array.from({ length: 200 }, (_, index) => directory.tenantBySlug(`unknown-${round}-${index}`)),
      );
    }
    const spent = performance.now() - start;
    expect(source.looks - before).toBeLessThanOrEqual(Math.ceil(spent / 50) + 1);
    const known = source.looks;
    for (let index = 0; index < 100; index += 1) await directory.tenantBySlug(`unknown-4-${index}`);
    expect(source.looks).toBe(known);
  });

  it('says that it is unavailable until it was loaded once', async () => {
    const source = new FakeSource();
    source.outage = new Error('down');
    const errors: unknown[] = [];
    const directory = follow(source, { pollMs: 20, onError: (error) => errors.push(error) });
    await expect(directory.tenantBySlug('acme')).rejects.toMatchObject({ code: 'directory.unavailable' });
    expect(directory.state().isLoaded).toBe(false);
    source.route(A, { slug: 'acme' });
    source.outage = undefined;
    await pause(100);
    expect(await directory.tenantBySlug('acme')).toMatchObject({ id: A });
    expect(errors.length).toBeGreaterThan(0);
  });

  it('says when the directory does not answer, whatever it knows by heart', async () => {
    const source = new FakeSource();
    source.shard('s1');
    const directory = follow(source);
    await expect(directory.ask()).resolves.toBeUndefined();
    await directory.shards();
    source.outage = new Error('down');
    expect(await directory.shards()).toHaveLength(1);
    await expect(directory.ask()).rejects.toThrow('down');
  });

  it('goes on with what it knows while the directory is down, and catches up after', async () => {
    const source = new FakeSource();
    source.route(A);
    const directory = follow(source, { pollMs: 20 });
    await directory.placement(A);
    source.outage = new Error('down');
    await pause(50);
    expect(await directory.placement(A)).toMatchObject({ epoch: 1 });
    expect(await directory.tenantBySlug('unknown')).toBeNull();
    await expect(directory.refresh(A)).rejects.toMatchObject({ code: 'directory.unavailable' });
    source.route(A, { epoch: '2' });
    source.outage = undefined;
    await pause(100);
    expect(await directory.placement(A)).toMatchObject({ epoch: 2 });
  });

  it('reads a directory of any size page by page', async () => {
    const source = new FakeSource();
    for (let index = 0; index < 12_001; index += 1) {
      source.route(`tenant-${index}`, { slug: `slug-${index}` });
    }
    const directory = follow(source);
    expect(await directory.tenants()).toHaveLength(12_001);
    expect(await directory.tenantBySlug('slug-12000')).not.toBeNull();
  });
});
