import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { newId } from '#libs/kernel';
import { DiskPartStore } from './disk.part-store.js';

const of = (text: string) => Readable.from([Buffer.from(text)]);

describe(DiskPartStore.name, () => {
  let folder: string;
  let store: DiskPartStore;
  const place = { tenantId: newId(), objectId: newId() };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parts-'));
    store = new DiskPartStore(folder);
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

  it('gives parts back as one, in the order that is asked for', async () => {
    expect(await store.receive(place, 'b', of('world'), { limit: 5 })).toBe(5);
    expect(await store.receive(place, 'a', of('hello '), { limit: 6 })).toBe(6);
    const whole = Buffer.concat((await store.open(place, ['a', 'b']).toArray()) as Buffer[]);
    expect(whole.toString()).toBe('hello world');
    await store.drop(place);
    expect(await files()).toHaveLength(0);
  });

  it('keeps what arrived before the connection broke', async () => {
    const content = new PassThrough();
    content.write(Buffer.from('as far as'));
    const receiving = store.receive(place, 'a', content, { limit: 100 });
    setTimeout(() => content.destroy(new Error('the line went dead')), 50);
    expect(await receiving).toBe(9);
    expect(Buffer.concat((await store.open(place, ['a']).toArray()) as Buffer[]).toString()).toBe(
      'as far as',
    );
  });

  it('leaves nothing of a part that is too long or refused, nor of an empty one', async () => {
    await expect(store.receive(place, 'a', of('too long'), { limit: 3 })).rejects.toMatchObject({
      code: 'media.too_large',
    });
    const inspect = () => {
      throw new Error('no');
    };
    const large = of('x'.repeat(5_000));
    await expect(store.receive(place, 'b', large, { limit: 10_000, inspect })).rejects.toThrow('no');
    expect(await store.receive(place, 'c', Readable.from([]), { limit: 3 })).toBe(0);
    expect(await files()).toHaveLength(0);
  });

  it('finds what nobody has touched since, even before the first byte', async () => {
    expect(await store.idleSince(new Date())).toEqual([]);
    await store.begin(place);
    expect(await store.idleSince(new Date(Date.now() - 60_000))).toEqual([]);
    expect(await store.idleSince(new Date(Date.now() + 60_000))).toEqual([place]);
  });
});
