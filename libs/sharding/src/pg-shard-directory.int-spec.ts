import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, testServer, type TestDatabase } from '#libs/database/testing';
import { newId } from '#libs/kernel';
import { PgShardDirectory, type DirectoryOptions } from '#libs/sharding';
import { Client } from 'pg';
import { CreateDirectoryViews1763700000000 } from '../testing/directory-views.js';
import { loginAs } from '../testing/login-as.js';

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe(PgShardDirectory.name, () => {
  let base: TestDatabase;
  let admin: Client;
  const open: PgShardDirectory[] = [];

  beforeAll(async () => {
    base = await testDatabase({ migrations: [CreateDirectoryViews1763700000000] });
    admin = new Client({ connectionString: base.url });
    admin.on('error', () => undefined);
    await admin.connect();
    await admin.query(`INSERT INTO directory.shard_routes VALUES ('s1', 'small', 'postgres://host/s1')`);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((directory) => directory.close()));
  });
  afterAll(async () => {
    await admin.end();
    await base.drop();
  });

  function follow(options: Partial<DirectoryOptions> = {}): PgShardDirectory {
    const directory = new PgShardDirectory({
      url: base.url,
      login: loginAs('harka_router'),
      pollMs: 60_000,
      missMs: 10,
      ...options,
    });
    open.push(directory);
    return directory;
  }
  async function addTenant(slug: string): Promise<string> {
    const id = newId();
    await admin.query(`INSERT INTO directory.routes (id, slug, shard) VALUES ($1, $2, 's1')`, [id, slug]);
    return id;
  }
  const move = (id: string, epoch: number) =>
    admin.query(`UPDATE directory.routes SET shard = 's2', epoch = $2 WHERE id = $1`, [id, epoch]);

  it('reads tenants, hosts, keys and shards from the views, as the router', async () => {
    const id = await addTenant('reads');
    await admin.query(`INSERT INTO directory.hosts (host, tenant_id) VALUES ('reads.example', $1)`, [id]);
    await admin.query(
      `INSERT INTO directory.key_routes (prefix, hash, tenant_id, scopes) VALUES ('hk_r', '\\x01ff', $1, '{a,b}')`,
      [id],
    );
    const directory = follow();
    expect(await directory.placement(id)).toMatchObject({
      tenantId: id,
      shard: 's1',
      epoch: 1,
      tier: 'small',
    });
    expect(await directory.tenantByHost('reads.example')).toMatchObject({
      id,
      slug: 'reads',
      status: 'active',
    });
    expect(await directory.apiKey('hk_r')).toMatchObject({
      tenantId: id,
      hash: Buffer.from([1, 255]),
      scopes: ['a', 'b'],
      revoked: false,
    });
    expect(await directory.shards()).toEqual([
      { name: 's1', tier: 'small', url: 'postgres://host/s1', state: 'open' },
    ]);
  });

  it('survives a broadcast that it did not hear', async () => {
    const id = await addTenant('unheard');
    const directory = follow({ pollMs: 50 });
    await directory.placement(id);
    await move(id, 2);
    await pause(200);
    expect(await directory.placement(id)).toMatchObject({ shard: 's2', epoch: 2 });
  });

  it('is up to date a moment after a broadcast that it heard', async () => {
    const id = await addTenant('heard');
    const directory = follow();
    await directory.placement(id);
    await move(id, 3);
    const heard = new Promise((resolve) => directory.onChange(resolve));
    directory.hint();
    expect(await heard).toBe(id);
    expect(await directory.placement(id)).toMatchObject({ epoch: 3 });
  });

  it('survives an outage of the directory and follows it again after', async () => {
    const id = await addTenant('outage');
    const directory = follow({ pollMs: 50 });
    await directory.placement(id);
    await withClient(testServer(), async (server) => {
      await server.query(`ALTER DATABASE "${base.name}" ALLOW_CONNECTIONS false`);
      await server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [
        base.name,
      ]);
      await pause(150);
      expect(await directory.placement(id)).toMatchObject({ epoch: 1 });
      expect(await directory.tenantBySlug('outage')).toMatchObject({ id });
      expect(await directory.tenantBySlug('nobody')).toBeNull();
      await expect(directory.refresh(id)).rejects.toMatchObject({ code: 'directory.unavailable' });
      await server.query(`ALTER DATABASE "${base.name}" ALLOW_CONNECTIONS true`);
    });
    admin = new Client({ connectionString: base.url });
    admin.on('error', () => undefined);
    await admin.connect();
    await move(id, 4);
    await pause(300);
    expect(await directory.placement(id)).toMatchObject({ epoch: 4 });
  });

  it('starts while the directory is down and loads when it is back', async () => {
    const id = await addTenant('late');
    const away = new URL(base.url);
    away.port = '1';
    const errors: unknown[] = [];
    const lost = follow({ url: away.href, onError: (error) => errors.push(error) });
    await expect(lost.placement(id)).rejects.toMatchObject({
      code: 'directory.unavailable',
      retryAfterSeconds: 2,
    });
    expect(lost.state()).toMatchObject({ isLoaded: false });
    expect(errors.length).toBeGreaterThan(0);
  });
});
