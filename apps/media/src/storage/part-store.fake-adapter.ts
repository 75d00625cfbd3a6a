import { Readable } from 'node:stream';
import { PartStore, type PartReceiving } from './part-store.js';
import type { StoragePlace } from './storage-adapter.js';
import { UploadTooLarge } from './storage.errors.js';

/** Parts in memory, by upload. */
export class FakePartStore extends PartStore {
  readonly uploads = new Map<string, Map<string, Buffer>>();
  /** Given by a test: what nobody has touched for long. */
  idle: StoragePlace[] = [];

  async begin({ objectId }: StoragePlace): Promise<void> {
    if (!this.uploads.has(objectId)) this.uploads.set(objectId, new Map());
  }

  async receive(
    place: StoragePlace,
    part: string,
    content: Readable,
    { limit, inspect }: PartReceiving,
  ): Promise<number> {
    await this.begin(place);
    const bytes = Buffer.concat((await content.toArray()) as Buffer[]);
    if (bytes.length > limit) throw new UploadTooLarge(limit);
    if (bytes.length >= 4_096) inspect?.(bytes.subarray(0, 4_096));
    this.uploads.get(place.objectId)?.set(part, bytes);
    return bytes.length;
  }

  async dropPart({ objectId }: StoragePlace, part: string): Promise<void> {
    this.uploads.get(objectId)?.delete(part);
  }

  open({ objectId }: StoragePlace, parts: readonly string[]): Readable {
    const held = this.uploads.get(objectId);
    return Readable.from(parts.map((part) => held?.get(part) ?? Buffer.alloc(0)));
  }

  async drop({ objectId }: StoragePlace): Promise<void> {
    this.uploads.delete(objectId);
  }

  async idleSince(): Promise<StoragePlace[]> {
    return this.idle;
  }
}
