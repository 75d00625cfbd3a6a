import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { entitlementMigrations, PlanEntitlements } from '#libs/entitlements';
import { eventMigrations, PgEventLog } from '#libs/events';
import { newId, SystemClock } from '#libs/kernel';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import { mediaMigrations } from '../../migrations/index.js';
import { DiskStorageAdapter } from '../storage/disk.storage-adapter.js';
import { DeleteMedia } from './delete-media.use-case.js';
import type { StoredObject } from './media-object.js';
import { PgMediaObjectRepository } from './media-object.pg-repository.js';
import { StoreFile } from './store-file.js';
import { UploadLimit } from './upload-limit.js';
import { UploadMedia } from './upload-media.use-case.js';

const GiB = 2 ** 30;

describe(PgMediaObjectRepository.name, () => {
  let shard: TestShard;
  let folder: string;
  let objects: PgMediaObjectRepository;
  let entitlements: PlanEntitlements;
  let upload: UploadMedia;
  let remove: DeleteMedia;

  beforeAll(async () => {
    shard = await testShard({
      migrations: [...eventMigrations, ...entitlementMigrations, ...mediaMigrations],
      tenants: 2,
    });
    folder = await mkdtemp(join(tmpdir(), 'media-'));
    const { database } = shard;
    objects = new PgMediaObjectRepository(database);
    entitlements = new PlanEntitlements(database);
    const events = new PgEventLog(database, new SystemClock());
    const storage = new DiskStorageAdapter(folder);
    const limit = new UploadLimit(1_000_000);
    const storeFile = new StoreFile(objects, storage, events, database, new SystemClock());
    upload = new UploadMedia(storeFile, entitlements, limit);
    remove = new DeleteMedia(objects, storage, entitlements, events, database);
  });
  afterAll(async () => {
    await shard.close();
    await rm(folder, { recursive: true, force: true });
  });

  const tenantAt = (index: number): TenantRef => {
    const tenant = shard.tenants[index];
    if (tenant === undefined) throw new Error('No such tenant.');
    return tenant;
  };
  const ours = () => tenantAt(0);
  const theirs = () => tenantAt(1);
  const store = async (text: string) =>
    shard.inTenant(ours(), async () =>
      upload.execute({ name: 'a.txt', content: Readable.from([Buffer.from(text)]), announcedBytes: null }),
    );
  const filesOnDisk = async (): Promise<number> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  };

  it('gives back what was stored, and nothing to a stranger', async () => {
    const object = await store('hello');
    expect(await shard.inTenant(ours(), async () => objects.find(object.id))).toEqual(object);
    expect(await shard.inTenant(theirs(), async () => objects.find(object.id))).toBeNull();
    expect((await shard.inTenant(theirs(), async () => objects.list({ limit: 10 }))).items).toEqual([]);
    const foreign = shard.inTenant(theirs(), async () => remove.execute(object.id));
    await expect(foreign).rejects.toMatchObject({ code: 'media.not_found' });
  });

  it('pages through all objects, newest first', async () => {
    const stored: StoredObject[] = [];
    for (let index = 0; index < 5; index += 1) stored.push(await store(`page ${index}`));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const request = { limit: 2, cursor };
      const page = await shard.inTenant(ours(), async () => objects.list(request));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.slice(0, 5)).toEqual(stored.map(({ id }) => id).reverse());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each(['garbage', 'e30', Buffer.from('{"id":"x"}').toString('base64url')])(
    'refuses the cursor %p',
    async (cursor) => {
      const listing = shard.inTenant(ours(), async () => objects.list({ limit: 2, cursor }));
      await expect(listing).rejects.toMatchObject({ code: 'request.cursor_invalid' });
    },
  );

  it('takes the quota with the row, and neither row nor bytes when it is full', async () => {
    const before = await filesOnDisk();
    await shard.inTenant(ours(), async () => {
      const used = await entitlements.used('storageBytes');
      await entitlements.take('storageBytes', 10 * GiB - used - 10);
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, async () => store('12345')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ kind: 'insufficient_storage' });
      }
    }
    expect(await filesOnDisk()).toBe(before + 2);
    expect(await shard.inTenant(ours(), async () => entitlements.used('storageBytes'))).toBe(10 * GiB);
  });

  it('gives the quota back once when two remove the same object', async () => {
    const used = async () => shard.inTenant(theirs(), async () => entitlements.used('storageBytes'));
    const { id } = await shard.inTenant(theirs(), async () =>
      upload.execute({ name: 'a.txt', content: Readable.from([Buffer.from('twice')]), announcedBytes: 5 }),
    );
    await shard.inTenant(theirs(), async () => entitlements.take('storageBytes', 100));
    const before = await filesOnDisk();
    const removals = [1, 2].map(async () => shard.inTenant(theirs(), async () => remove.execute(id)));
    const outcomes = await Promise.allSettled(removals);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await used()).toBe(100);
    expect(await filesOnDisk()).toBe(before - 1);
  });

  it('does not know an object that never was', async () => {
    expect(await shard.inTenant(ours(), async () => objects.find(newId()))).toBeNull();
  });
});
