import { beforeEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { FakeEventLog } from '#libs/events/testing';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext, type RequestContext } from '#libs/tenancy';
import { aContext, aUser, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeMediaObjectRepository } from '../object/media-object.fake-repository.js';
import { StoreFile } from '../object/store-file.js';
import { TenantRooms } from '../object/tenant-rooms.js';
import { UploadLimit } from '../object/upload-limit.js';
import { FakePartStore } from '../storage/part-store.fake-adapter.js';
import { FakeStorageAdapter } from '../storage/storage.fake-adapter.js';
import { AbortUpload } from './abort-upload.use-case.js';
import { BeginUpload } from './begin-upload.use-case.js';
import { ContinueUpload } from './continue-upload.use-case.js';
import { FinishUpload } from './finish-upload.js';
import { PurgeUploads } from './purge-uploads.use-case.js';
import { FakeUploadRepository } from './upload.fake-repository.js';

const context = aContext();
const inContext = async <R>(work: () => Promise<R>, as: RequestContext = context): Promise<R> =>
  runInContext(as, work);

class OneRoom extends TenantRooms {
  async enter<R>(tenantId: string, work: () => Promise<R>): Promise<R | null> {
    return tenantId === context.tenant?.id ? inContext(work) : null;
  }
}

describe('a resumable upload', () => {
  let uploads: FakeUploadRepository;
  let parts: FakePartStore;
  let objects: FakeMediaObjectRepository;
  let storage: FakeStorageAdapter;
  let entitlements: FakeEntitlements;
  let events: FakeEventLog;
  let begin: BeginUpload;
  let proceed: ContinueUpload;
  let abort: AbortUpload;
  let purge: PurgeUploads;

  beforeEach(() => {
    uploads = new FakeUploadRepository();
    parts = new FakePartStore();
    objects = new FakeMediaObjectRepository();
    storage = new FakeStorageAdapter();
    entitlements = new FakeEntitlements().withLimit('storageBytes', 100_000);
    events = new FakeEventLog();
    const unitOfWork = new FakeUnitOfWork();
    const clock = new FixedClock();
    const storeFile = new StoreFile(objects, storage, events, unitOfWork, clock);
    abort = new AbortUpload(uploads, parts, entitlements, unitOfWork);
    const finish = new FinishUpload(uploads, parts, storeFile, abort);
    begin = new BeginUpload(uploads, parts, entitlements, unitOfWork, clock, new UploadLimit(80_000));
    proceed = new ContinueUpload(uploads, parts, abort, finish, clock);
    purge = new PurgeUploads(parts, abort, new OneRoom(), clock);
  });

  const start = async (bytes: number, name = 'a.txt') =>
    inContext(async () => begin.execute({ name, bytes }));
  const send = async (id: string, offset: number, text: string) =>
    inContext(async () => proceed.execute(id, offset, Readable.from([Buffer.from(text)])));
  const used = async () => entitlements.used('storageBytes');

  it('becomes a file with its last byte, over as many connections as it takes', async () => {
    const { id } = await start(11);
    expect(await used()).toBe(11);
    expect(await send(id, 0, 'hello ')).toMatchObject({ received: 6, mediaId: null });
    expect(events.types).toEqual([]);
    const done = await send(id, 6, 'world');
    expect(done.mediaId).not.toBeNull();
    expect(objects.objects.get(done.mediaId ?? '')).toMatchObject({
      name: 'a.txt',
      bytes: 11,
      uploadedBy: context.actor.id,
    });
    expect(storage.contents.get(done.mediaId ?? '')?.toString()).toBe('hello world');
    expect(events.types).toEqual(['media.object.stored']);
    // Taken once, when it began.
    expect(await used()).toBe(11);
    expect([parts.uploads.size, storage.unsettled.size]).toEqual([0, 0]);
  });

  it('tells whoever missed the last answer what has become of it', async () => {
    const { id } = await start(5);
    const { mediaId } = await send(id, 0, 'hello');
    expect(await inContext(async () => proceed.find(id))).toMatchObject({ received: 5, mediaId });
    expect(await send(id, 5, '')).toMatchObject({ mediaId });
    expect(objects.objects.size).toBe(1);
  });

  it('finishes what a dying process left whole and unfinished', async () => {
    const { id } = await start(5);
    await parts.receive({ tenantId: '', objectId: id }, 'p', Readable.from([Buffer.from('hello')]), {
      limit: 5,
    });
    await uploads.addPart(id, { firstByte: 0, bytes: 5, part: 'p' }, new Date());
    expect((await inContext(async () => proceed.find(id))).mediaId).not.toBeNull();
  });

  it.each([3, 7])('says where to go on to a sender who is at byte %d', async (offset) => {
    const { id } = await start(11);
    await send(id, 0, 'hello');
    await expect(send(id, offset, 'x')).rejects.toMatchObject({
      code: 'upload.offset_mismatch',
      details: { received: 5 },
    });
    expect(await send(id, 5, ' world')).toMatchObject({ received: 11 });
  });

  it('takes one of two senders of the same bytes', async () => {
    const { id } = await start(10);
    const outcomes = await Promise.allSettled([send(id, 0, 'first'), send(id, 0, 'other')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(parts.uploads.get(id)?.size).toBe(1);
  });

  it('gives the quota back when it is aborted, once', async () => {
    const { id } = await start(500);
    await send(id, 0, 'hello');
    await inContext(async () => abort.execute(id));
    expect(await used()).toBe(0);
    expect(parts.uploads.size).toBe(0);
    await expect(inContext(async () => abort.execute(id))).rejects.toMatchObject({
      code: 'upload.not_found',
    });
    await expect(send(id, 5, 'x')).rejects.toMatchObject({ code: 'upload.not_found' });
    expect(await used()).toBe(0);
  });

  it('refuses what would not fit before the first byte', async () => {
    await expect(start(80_001)).rejects.toMatchObject({ code: 'media.too_large' });
    await start(70_000);
    await expect(start(40_000)).rejects.toMatchObject({ code: 'limit.storage_exceeded' });
    expect([await used(), uploads.uploads.size, parts.uploads.size]).toEqual([70_000, 1, 1]);
  });

  it('refuses more bytes than were announced, and keeps nothing', async () => {
    const { id } = await start(5);
    await expect(send(id, 0, 'hello world')).rejects.toMatchObject({ code: 'media.too_large' });
    expect([await used(), uploads.uploads.size, parts.uploads.size]).toEqual([0, 0, 0]);
  });

  it('refuses a wrong kind with the first bytes, not with the last', async () => {
    const { id } = await start(50_000, 'movie.mp4');
    await expect(send(id, 0, '<html>'.repeat(1_000))).rejects.toMatchObject({
      code: 'media.type_not_allowed',
    });
    expect([await used(), uploads.uploads.size, parts.uploads.size]).toEqual([0, 0, 0]);
  });

  it('refuses a drawing that is a program once all of it is there', async () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const { id } = await start(drawing.length, 'a.svg');
    await send(id, 0, drawing.slice(0, 20));
    await expect(send(id, 20, drawing.slice(20))).rejects.toMatchObject({ code: 'media.svg_unsafe' });
    expect([await used(), uploads.uploads.size, storage.contents.size, events.types.length]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('is there for nobody but its sender', async () => {
    const { id } = await start(5);
    const other = { ...context, actor: aUser() };
    await expect(inContext(async () => proceed.find(id), other)).rejects.toMatchObject({
      code: 'upload.not_found',
    });
    await expect(inContext(async () => abort.execute(id), other)).rejects.toMatchObject({
      code: 'upload.not_found',
    });
    expect(await inContext(async () => proceed.unfinished(), other)).toEqual([]);
    expect(await inContext(async () => proceed.unfinished())).toHaveLength(1);
  });

  it('ends when nobody goes on with it, also in a tenant that is no more', async () => {
    const { id } = await start(500);
    parts.uploads.set('gone', new Map());
    parts.idle = [
      { tenantId: context.tenant?.id ?? '', objectId: id },
      { tenantId: 'no-more', objectId: 'gone' },
    ];
    expect(await purge.execute()).toBe(2);
    expect([await used(), uploads.uploads.size, parts.uploads.size]).toEqual([0, 0, 0]);
  });

  it('begins no more than a hundred at once', async () => {
    for (let count = 0; count < 100; count += 1) await start(1);
    await expect(start(1)).rejects.toMatchObject({ code: 'upload.too_many' });
  });
});
