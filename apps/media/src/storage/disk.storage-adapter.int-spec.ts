import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#libs/kernel';
import { DiskStorageAdapter } from './disk.storage-adapter.js';
import type { StoragePlace } from './storage-adapter.js';

/** The id of a process that was and is no more. */
const deadProcess = (): number => spawnSync('true').pid;
const receiving = { limit: 1_000_000, inspect: (head: Buffer) => head.length };
const aPlace = (): StoragePlace => ({ tenantId: newId(), objectId: newId() });
const of = (text: string) => Readable.from([Buffer.from(text)]);

describe(DiskStorageAdapter.name, () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const filesIn = async (): Promise<string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  const textOf = async (content: Readable): Promise<string> =>
    Buffer.concat((await content.toArray()) as Buffer[]).toString();

  it('keeps bytes and gives back all of them or a part', async () => {
    const storage = new DiskStorageAdapter(folder);
    const place = aPlace();
    const received = await storage.receive(place, of('hello world'), receiving);
    await storage.keep(place);
    expect(received).toMatchObject({ bytes: 11, kind: 11 });
    expect(await textOf(await storage.open(place))).toBe('hello world');
    expect(await textOf(await storage.open(place, { first: 6, last: 8 }))).toBe('wor');
    expect(await filesIn()).toEqual([place.objectId]);
  });

  it('shows the first bytes only once, however they come', async () => {
    const storage = new DiskStorageAdapter(folder);
    const heads: number[] = [];
    const inspect = (head: Buffer) => heads.push(head.length);
    const chunks = Array.from({ length: 10 }, () => Buffer.alloc(1_000));
    await storage.receive(aPlace(), Readable.from(chunks), { limit: 100_000, inspect });
    expect(heads).toEqual([4_096]);
  });

  it('leaves nothing of what it refuses', async () => {
    const storage = new DiskStorageAdapter(folder);
    const refuse = () => {
      throw new Error('refused');
    };
    await expect(storage.receive(aPlace(), of('x'), { limit: 10, inspect: refuse })).rejects.toThrow(
      'refused',
    );
    const large = storage.receive(aPlace(), of('x'.repeat(11)), { ...receiving, limit: 10 });
    await expect(large).rejects.toMatchObject({ kind: 'too_large' });
    expect(await filesIn()).toEqual([]);
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const storage = new DiskStorageAdapter(folder);
    const content = new PassThrough();
    const upload = storage.receive(aPlace(), content, receiving);
    content.write('half');
    while ((await filesIn()).length < 1) await pause(5);
    content.destroy(new Error('aborted'));
    await expect(upload).rejects.toMatchObject({ code: 'media.upload_interrupted' });
    expect(await filesIn()).toEqual([]);
  });

  it('finds what a killed process left in the middle of an upload, and only that', async () => {
    const killed = new DiskStorageAdapter(folder, `${hostname()}.${deadProcess()}`);
    const [broken, whole] = [aPlace(), aPlace()];
    const endless = new PassThrough();
    void killed.receive(broken, endless, receiving).catch(() => undefined);
    endless.write('half');
    await killed.receive(whole, of('whole'), receiving);
    const living = new DiskStorageAdapter(folder, `${hostname()}.${process.ppid}`);
    await living.receive(aPlace(), of('of another process'), receiving);
    while ((await filesIn()).length < 5) await pause(5);

    const storage = new DiskStorageAdapter(folder);
    const left = await storage.leftUnsettled();
    expect(new Set(left.map(({ objectId }) => objectId))).toEqual(new Set([broken.objectId, whole.objectId]));
    await storage.discard(broken);
    await storage.keep(whole);
    expect(await textOf(await storage.open(whole))).toBe('whole');
    await expect(storage.open(broken)).rejects.toMatchObject({ code: 'media.bytes_missing' });
    expect(await storage.leftUnsettled()).toEqual([]);
    expect(await filesIn()).toHaveLength(3);
    endless.destroy();
  });

  it('does not take its own uploads for left ones', async () => {
    const storage = new DiskStorageAdapter(folder);
    const place = aPlace();
    await storage.receive(place, of('x'), receiving);
    expect(await storage.leftUnsettled()).toEqual([]);
    storage.abandon(place);
    expect(await storage.leftUnsettled()).toEqual([place]);
  });

  it('knows again after a crash which file was about to be removed', async () => {
    const killed = new DiskStorageAdapter(folder, `${hostname()}.${deadProcess()}`);
    const place = aPlace();
    await killed.receive(place, of('x'), receiving);
    await killed.keep(place);
    await killed.unsettle(place);
    expect(await new DiskStorageAdapter(folder).leftUnsettled()).toEqual([place]);
  });
});
