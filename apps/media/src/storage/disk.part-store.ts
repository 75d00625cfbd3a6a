import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DomainError } from '#libs/kernel';
import { PartStore, type PartReceiving } from './part-store.js';
import type { StoragePlace } from './storage-adapter.js';
import { UploadTooLarge } from './storage.errors.js';

const HEAD_BYTES = 4_096;

/** Parts as files of their own: `uploads/<tenant>.<upload>/<part>`. */
export class DiskPartStore extends PartStore {
  private readonly root: string;

  constructor(folder: string) {
    super();
    this.root = join(folder, 'uploads');
  }

  async begin(place: StoragePlace): Promise<void> {
    await mkdir(this.folderOf(place), { recursive: true });
  }

  async receive(
    place: StoragePlace,
    part: string,
    content: Readable,
    { limit, inspect }: PartReceiving,
  ): Promise<number> {
    await this.begin(place);
    const path = join(this.folderOf(place), part);
    const file = await open(path, 'wx', 0o600);
    let bytes = 0;
    let head: Buffer | null = Buffer.alloc(0);
    try {
      // What is refused is left unread, not torn down: its sender shall hear why.
      for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > limit) throw new UploadTooLarge(limit);
        if (head !== null && inspect !== undefined) {
          head = Buffer.concat([head, chunk]);
          if (head.length >= HEAD_BYTES) {
            inspect(head.subarray(0, HEAD_BYTES));
            head = null;
          }
        }
        await file.writeFile(chunk);
      }
    } catch (error) {
      if (error instanceof DomainError || !content.destroyed) {
        await file.close();
        await rm(path, { force: true });
        throw error;
      }
    }
    await file.sync();
    const { size } = await file.stat();
    await file.close();
    if (size === 0) await rm(path, { force: true });
    return size;
  }

  async dropPart(place: StoragePlace, part: string): Promise<void> {
    await rm(join(this.folderOf(place), part), { force: true });
  }

  open(place: StoragePlace, parts: readonly string[]): Readable {
    const folder = this.folderOf(place);
    return Readable.from(oneAfterAnother(parts.map((part) => join(folder, part))), { objectMode: false });
  }

  async drop(place: StoragePlace): Promise<void> {
    await rm(this.folderOf(place), { recursive: true, force: true });
  }

  async idleSince(moment: Date): Promise<StoragePlace[]> {
    const names = await readdir(this.root).catch((error: unknown) => {
      // Nobody has uploaded in parts yet.
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') {
        return [];
      }
      throw error;
    });
    const places: StoragePlace[] = [];
    for (const name of names) {
      const [tenantId, objectId] = name.split('.');
      if (tenantId === undefined || objectId === undefined) continue;
      const changed = await stat(join(this.root, name)).catch(() => null);
      if (changed !== null && changed.mtime < moment) places.push({ tenantId, objectId });
    }
    return places;
  }

  private folderOf({ tenantId, objectId }: StoragePlace): string {
    return join(this.root, `${tenantId}.${objectId}`);
  }
}

async function* oneAfterAnother(paths: readonly string[]): AsyncIterable<Buffer> {
  for (const path of paths) yield* createReadStream(path) as AsyncIterable<Buffer>;
}
