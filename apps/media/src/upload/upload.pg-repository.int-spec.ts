import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { entitlementMigrations, PlanEntitlements } from '#libs/entitlements';
import { eventMigrations, PgEventLog } from '#libs/events';
import { SystemClock } from '#libs/kernel';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import { mediaMigrations } from '../../migrations/index.js';
import { PgMediaObjectRepository } from '../object/media-object.pg-repository.js';
import { StoreFile } from '../object/store-file.js';
import { UploadLimit } from '../object/upload-limit.js';
import { DiskPartStore } from '../storage/disk.part-store.js';
import { DiskStorageAdapter } from '../storage/disk.storage-adapter.js';
import { AbortUpload } from './abort-upload.use-case.js';
import { BeginUpload } from './begin-upload.use-case.js';
import { ContinueUpload } from './continue-upload.use-case.js';
import { FinishUpload } from './finish-upload.js';
import { PgUploadRepository } from './upload.pg-repository.js';

describe(PgUploadRepository.name, () => {
  let shard: TestShard;
  let folder: string;
  let uploads: PgUploadRepository;
  let objects: PgMediaObjectRepository;
  let entitlements: PlanEntitlements;
  let begin: BeginUpload;
  let proceed: ContinueUpload;
  let abort: AbortUpload;

  beforeAll(async () => {
    shard = await testShard({
      migrations: [...eventMigrations, ...entitlementMigrations, ...mediaMigrations],
      tenants: 2,
    });
    folder = await mkdtemp(join(tmpdir(), 'uploads-'));
    const { database } = shard;
    const clock = new SystemClock();
    uploads = new PgUploadRepository(database);
    objects = new PgMediaObjectRepository(database);
    entitlements = new PlanEntitlements(database);
    const parts = new DiskPartStore(folder);
    const events = new PgEventLog(database, clock);
    const storeFile = new StoreFile(objects, new DiskStorageAdapter(folder), events, database, clock);
    abort = new AbortUpload(uploads, parts, entitlements, database);
    const finish = new FinishUpload(uploads, parts, storeFile, abort);
    begin = new BeginUpload(uploads, parts, entitlements, database, clock, new UploadLimit(1_000_000));
    proceed = new ContinueUpload(uploads, parts, abort, finish, clock);
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
  const inTenant = async <R>(work: () => Promise<R>): Promise<R> => shard.inTenant(tenantAt(0), work);
  const start = async (bytes: number) => inTenant(async () => begin.execute({ name: 'a.txt', bytes }));
  const send = async (id: string, offset: number, content: Readable) =>
    inTenant(async () => proceed.execute(id, offset, content));
  const of = (text: string) => Readable.from([Buffer.from(text)]);
  const used = async () => inTenant(async () => entitlements.used('storageBytes'));
  const filesOnDisk = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  };

  it('goes on from where a broken line has left it, and ends as one file', async () => {
    const before = await used();
    const { id } = await start(11);
    const line = new PassThrough();
    line.write(Buffer.from('hello '));
    setTimeout(() => line.destroy(new Error('The line is dead.')), 50);
    expect(await send(id, 0, line)).toMatchObject({ received: 6 });
    const done = await send(id, 6, of('world'));
    const object = await inTenant(async () => objects.find(done.mediaId ?? ''));
    expect(object).toMatchObject({ name: 'a.txt', bytes: 11, contentType: 'text/plain' });
    expect(await used()).toBe(before + 11);
    expect(await inTenant(async () => proceed.find(id))).toMatchObject({ mediaId: object?.id });
    expect(await inTenant(async () => uploads.partsOf(id))).toEqual([]);
  });

  it('takes one of many senders of the same bytes, and makes one file', async () => {
    const before = await filesOnDisk();
    const { id } = await start(5);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, async () => send(id, 0, of('hello'))),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ code: 'upload.offset_mismatch' });
      }
    }
    expect((await inTenant(async () => proceed.find(id))).mediaId).not.toBeNull();
    expect(await filesOnDisk()).toBe(before + 1);
  });

  it('gives the quota back once, however often it is aborted at once', async () => {
    const [before, files] = [await used(), await filesOnDisk()];
    const { id } = await start(1_000);
    await send(id, 0, of('some of it'));
    expect(await used()).toBe(before + 1_000);
    await Promise.allSettled([1, 2, 3].map(async () => inTenant(async () => abort.execute(id))));
    expect([await used(), await filesOnDisk()]).toEqual([before, files]);
  });

  it('is not there for another tenant', async () => {
    const { id } = await start(10);
    expect(await shard.inTenant(tenantAt(1), async () => uploads.find(id))).toBeNull();
    expect(await inTenant(async () => uploads.countUnfinished())).toBeGreaterThan(0);
    expect(await shard.inTenant(tenantAt(1), async () => uploads.countUnfinished())).toBe(0);
  });

  it('finds stored files by a part of their name and by their sort', async () => {
    const list = async (query: { q?: string; kind?: 'image' | 'document' }) =>
      inTenant(async () => (await objects.list({ limit: 50, ...query })).items.length);
    expect(await list({ q: 'A.TX' })).toBeGreaterThan(0);
    expect(await list({ q: 'a.tx', kind: 'document' })).toBeGreaterThan(0);
    expect(await list({ kind: 'image' })).toBe(0);
    expect(await list({ q: '%' })).toBe(0);
  });
});
