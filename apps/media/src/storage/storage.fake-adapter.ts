import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  StorageAdapter,
  type ByteRange,
  type Received,
  type Receiving,
  type StoragePlace,
} from './storage-adapter.js';
import { BytesMissing, UploadTooLarge } from './storage.errors.js';

/** Bytes in memory; `unsettled` is what a dying process would leave. */
export class FakeStorageAdapter extends StorageAdapter {
  readonly contents = new Map<string, Buffer>();
  readonly unsettled = new Map<string, StoragePlace>();

  async receive<Kind>(
    place: StoragePlace,
    content: Readable,
    { limit, inspect }: Receiving<Kind>,
  ): Promise<Received<Kind>> {
    const bytes = Buffer.concat((await content.toArray()) as Buffer[]);
    if (bytes.length > limit) throw new UploadTooLarge(limit);
    const kind = inspect(bytes.subarray(0, 4_096));
    this.contents.set(place.objectId, bytes);
    this.unsettled.set(place.objectId, place);
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), kind };
  }

  async unsettle(place: StoragePlace): Promise<void> {
    this.unsettled.set(place.objectId, place);
  }

  async keep({ objectId }: StoragePlace): Promise<void> {
    this.unsettled.delete(objectId);
  }

  async discard({ objectId }: StoragePlace): Promise<void> {
    this.unsettled.delete(objectId);
    this.contents.delete(objectId);
  }

  abandon(): void {
    // Nothing to note: all that is unsettled here is told.
  }

  async leftUnsettled(): Promise<StoragePlace[]> {
    return [...this.unsettled.values()];
  }

  async open({ objectId }: StoragePlace, range?: ByteRange): Promise<Readable> {
    const bytes = this.contents.get(objectId);
    if (bytes === undefined) throw new BytesMissing();
    return Readable.from(range === undefined ? bytes : bytes.subarray(range.first, range.last + 1));
  }
}
