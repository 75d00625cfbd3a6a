import type { Readable } from 'node:stream';
import type { StoragePlace } from './storage-adapter.js';

export interface PartReceiving {
  /** @throws DomainError `media.too_large` past so many bytes */
  readonly limit: number;
  /** Called with the first bytes, once enough of them are there; may throw to refuse the rest. */
  readonly inspect?: (head: Buffer) => void;
}

/** Keeps the parts of files that have not arrived whole. `place.objectId` is the id of the upload. */
export abstract class PartStore {
  /** So that an upload of which nothing ever arrives is found all the same. */
  abstract begin(place: StoragePlace): Promise<void>;

  /**
   * Writes what comes, durably, and answers how much it was. A connection that breaks is no fault: what has arrived stays.
   * @throws DomainError of the limit or of `inspect`; nothing is left of the part then
   */
  abstract receive(
    place: StoragePlace,
    part: string,
    content: Readable,
    receiving: PartReceiving,
  ): Promise<number>;

  abstract dropPart(place: StoragePlace, part: string): Promise<void>;

  /** All parts in this order, as one. */
  abstract open(place: StoragePlace, parts: readonly string[]): Readable;

  /** Everything of the upload. */
  abstract drop(place: StoragePlace): Promise<void>;

  /** Uploads to which nothing was added since. */
  abstract idleSince(moment: Date): Promise<StoragePlace[]>;
}
