import { createHash } from 'node:crypto';
import { link, mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '#libs/kernel';
import {
  StorageAdapter,
  type ByteRange,
  type Received,
  type Receiving,
  type StoragePlace,
} from './storage-adapter.js';
import { BytesMissing, UploadInterrupted, UploadTooLarge } from './storage.errors.js';

const HEAD_BYTES = 4_096;
/** An upload that writes nothing for so long was given up by the gateway long ago. */
const ABANDONED_AFTER = 15 * 60_000;

/**
 * Files in one folder: `<tenant>/<last two digits of the id>/<id>`. A place is unsettled while a second name of its file
 * is in `unsettled/<process>/`; hard links make each step atomic, and what a dead process left can be told from the
 * uploads of a living one.
 */
export class DiskStorageAdapter extends StorageAdapter {
  private readonly unsettled: string;
  private readonly own: string;
  /** Markers that somebody in this process works on. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly instance = `${hostname()}.${process.pid}`,
  ) {
    super();
    this.unsettled = join(folder, 'unsettled');
    this.own = join(this.unsettled, instance);
  }

  async receive<Kind>(
    place: StoragePlace,
    content: Readable,
    receiving: Receiving<Kind>,
  ): Promise<Received<Kind>> {
    const marker = this.markerOf(place);
    this.busy.add(marker);
    await mkdir(this.own, { recursive: true });
    const file = await open(marker, 'wx', 0o600);
    try {
      const received = await write(content, file, receiving);
      await file.sync();
      const path = this.pathOf(place);
      await mkdir(dirname(path), { recursive: true });
      await link(marker, path);
      await Promise.all([syncFolder(dirname(path)), syncFolder(this.own)]);
      return received;
    } catch (error) {
      await this.discard(place);
      throw error;
    } finally {
      await file.close();
    }
  }

  async unsettle(place: StoragePlace): Promise<void> {
    this.busy.add(this.markerOf(place));
    await mkdir(this.own, { recursive: true });
    try {
      await link(this.pathOf(place), this.markerOf(place));
      await syncFolder(this.own);
    } catch (error) {
      // No bytes, or unsettled already: both are what was asked for.
      if (!hasCode(error, 'ENOENT', 'EEXIST')) throw error;
    }
  }

  async keep(place: StoragePlace): Promise<void> {
    await rm(this.markerOf(place), { force: true });
    this.abandon(place);
  }

  abandon(place: StoragePlace): void {
    this.busy.delete(this.markerOf(place));
  }

  async discard(place: StoragePlace): Promise<void> {
    // The second name goes last: until then the next start still knows of the place.
    await rm(this.pathOf(place), { force: true });
    await this.keep(place);
  }

  /** Takes over what dead processes left. */
  async leftUnsettled(): Promise<StoragePlace[]> {
    const places: StoragePlace[] = [];
    for (const instance of await namesIn(this.unsettled)) {
      for (const name of await namesIn(join(this.unsettled, instance))) {
        const [tenantId, objectId] = name.split('.');
        const marker = join(this.unsettled, instance, name);
        if (this.busy.has(marker)) continue;
        if (tenantId === undefined || objectId === undefined || !(await this.isDead(instance, marker))) {
          continue;
        }
        const place = { tenantId, objectId };
        if (instance !== this.instance) await this.adopt(marker, place);
        places.push(place);
      }
    }
    return places;
  }

  async open(place: StoragePlace, range?: ByteRange): Promise<Readable> {
    try {
      const file = await open(this.pathOf(place), 'r');
      return file.createReadStream(range === undefined ? {} : { start: range.first, end: range.last });
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new BytesMissing();
      throw error;
    }
  }

  private async adopt(marker: string, place: StoragePlace): Promise<void> {
    await mkdir(this.own, { recursive: true });
    await link(marker, this.markerOf(place));
    await rm(marker, { force: true });
  }

  /** What carries our own name but is not busy is of a process before us: in a container each one is number 1. */
  private async isDead(instance: string, marker: string): Promise<boolean> {
    if (instance === this.instance) return true;
    const dot = instance.lastIndexOf('.');
    if (instance.slice(0, dot) === hostname()) return !isAlive(Number(instance.slice(dot + 1)));
    return Date.now() - (await stat(marker)).mtimeMs > ABANDONED_AFTER;
  }

  private pathOf({ tenantId, objectId }: StoragePlace): string {
    return join(this.folder, tenantId, objectId.slice(-2), objectId);
  }

  private markerOf({ tenantId, objectId }: StoragePlace): string {
    return join(this.own, `${tenantId}.${objectId}`);
  }
}

async function write<Kind>(
  content: Readable,
  file: FileHandle,
  { limit, inspect }: Receiving<Kind>,
): Promise<Received<Kind>> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  let kind: { readonly value: Kind } | null = null;
  try {
    // A refused upload is left unread, not torn down: its sender shall hear why.
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) throw new UploadTooLarge(limit);
      if (kind === null) {
        head = Buffer.concat([head, chunk]);
        if (head.length >= HEAD_BYTES) kind = { value: inspect(head.subarray(0, HEAD_BYTES)) };
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } catch (error) {
    throw !(error instanceof DomainError) && content.destroyed ? new UploadInterrupted(error) : error;
  }
  kind ??= { value: inspect(head) };
  return { bytes, sha256: hash.digest('hex'), kind: kind.value };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** A new name in a folder is durable only once the folder itself is written. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
