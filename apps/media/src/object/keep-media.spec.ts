import { beforeEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { FakeEventLog } from '#libs/events/testing';
import { DomainError } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeStorageAdapter } from '../storage/storage.fake-adapter.js';
import { DeleteMedia } from './delete-media.use-case.js';
import { FakeMediaObjectRepository } from './media-object.fake-repository.js';
import { SettleStorage } from './settle-storage.use-case.js';
import { TenantRooms } from './tenant-rooms.js';
import { StoreFile } from './store-file.js';
import { UploadLimit } from './upload-limit.js';
import { UploadMedia } from './upload-media.use-case.js';

class OpenRooms extends TenantRooms {
  async enter<R>(_tenantId: string, work: () => Promise<R>): Promise<R> {
    return work();
  }
}

class FailingUnitOfWork extends FakeUnitOfWork {
  failure: Error | null = null;

  override async run<R>(work: () => Promise<R>): Promise<R> {
    if (this.failure !== null) throw this.failure;
    return super.run(work);
  }
}

const context = aContext();
const inContext = async <R>(work: () => Promise<R>): Promise<R> => runInContext(context, work);

describe('keeping media', () => {
  let objects: FakeMediaObjectRepository;
  let storage: FakeStorageAdapter;
  let entitlements: FakeEntitlements;
  let events: FakeEventLog;
  let unitOfWork: FailingUnitOfWork;
  let upload: UploadMedia;
  let remove: DeleteMedia;
  let settle: SettleStorage;

  beforeEach(() => {
    objects = new FakeMediaObjectRepository();
    storage = new FakeStorageAdapter();
    entitlements = new FakeEntitlements().withLimit('storageBytes', 100);
    events = new FakeEventLog();
    unitOfWork = new FailingUnitOfWork();
    const clock = new FixedClock();
    const limit = new UploadLimit(80);
    const storeFile = new StoreFile(objects, storage, events, unitOfWork, clock);
    upload = new UploadMedia(storeFile, entitlements, limit);
    remove = new DeleteMedia(objects, storage, entitlements, events, unitOfWork);
    settle = new SettleStorage(objects, storage, new OpenRooms());
  });

  const store = async (text: string, announcedBytes: number | null = null, name = 'a.txt') =>
    inContext(async () =>
      upload.execute({ name, content: Readable.from([Buffer.from(text)]), announcedBytes }),
    );

  it('stores a file with its kind, size, digest, owner and event', async () => {
    const object = await store('hello');
    expect(object).toMatchObject({
      name: 'a.txt',
      contentType: 'text/plain',
      bytes: 5,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      uploadedBy: context.actor.id,
    });
    expect(events.types).toEqual(['media.object.stored']);
    expect(await entitlements.used('storageBytes')).toBe(5);
    expect(storage.unsettled.size).toBe(0);
  });

  it('refuses by the announced length before it takes a byte', async () => {
    await expect(store('x', 101)).rejects.toMatchObject({ code: 'limit.storage_exceeded' });
    expect(storage.contents.size).toBe(0);
  });

  it('leaves nothing of a file that exceeds the quota', async () => {
    await store('x'.repeat(60));
    await expect(store('y'.repeat(60))).rejects.toMatchObject({ kind: 'insufficient_storage' });
    expect([objects.objects.size, storage.contents.size, storage.unsettled.size]).toEqual([1, 1, 0]);
  });

  it.each([
    ['an empty file', '', 'a.txt', 'media.empty'],
    ['a kind that is not taken', '<html>', 'a.html', 'media.type_not_allowed'],
    ['too large a file', 'x'.repeat(81), 'a.txt', 'media.too_large'],
  ])('refuses %s', async (_, text, name, code) => {
    await expect(store(text, null, name)).rejects.toMatchObject({ code });
    expect([objects.objects.size, storage.contents.size, events.types.length]).toEqual([0, 0, 0]);
  });

  it('gives the bytes of a removed file back', async () => {
    const { id } = await store('hello');
    await inContext(async () => remove.execute(id));
    expect(await entitlements.used('storageBytes')).toBe(0);
    expect([objects.objects.size, storage.contents.size, storage.unsettled.size]).toEqual([0, 0, 0]);
    expect(events.types).toEqual(['media.object.stored', 'media.object.deleted']);
  });

  it('does not know a file that is gone', async () => {
    const { id } = await store('hello');
    await inContext(async () => remove.execute(id));
    await expect(inContext(async () => remove.execute(id))).rejects.toMatchObject({
      code: 'media.not_found',
    });
  });

  it('leaves a place unsettled when nobody knows whether the row was committed, and settles it by the row', async () => {
    unitOfWork.failure = new DomainError('unavailable', 'database.unavailable', 'gone');
    await expect(store('hello')).rejects.toMatchObject({ code: 'database.unavailable' });
    expect([storage.contents.size, storage.unsettled.size]).toEqual([1, 1]);
    expect(await settle.execute()).toBe(1);
    expect([storage.contents.size, storage.unsettled.size]).toEqual([0, 0]);
  });

  it('keeps the bytes of a removal that was rolled back', async () => {
    const { id } = await store('hello');
    unitOfWork.failure = new Error('rolled back');
    await expect(inContext(async () => remove.execute(id))).rejects.toThrow('rolled back');
    expect([storage.contents.size, storage.unsettled.size]).toEqual([1, 0]);
  });

  it('keeps what a row vouches for when it settles', async () => {
    const { id } = await store('hello');
    await storage.unsettle({ tenantId: context.tenant?.id ?? '', objectId: id });
    await settle.execute();
    expect([storage.contents.size, storage.unsettled.size]).toEqual([1, 0]);
  });
});
