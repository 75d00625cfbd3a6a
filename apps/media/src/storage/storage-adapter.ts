import type { Readable } from 'node:stream';

/** Where the bytes of one object are. */
export interface StoragePlace {
  readonly tenantId: string;
  readonly objectId: string;
}

export interface Received<Kind> {
  readonly bytes: number;
  readonly sha256: string;
  /** What `inspect` made of the first bytes. */
  readonly kind: Kind;
}

export interface Receiving<Kind> {
  /** @throws DomainError `media.too_large` past so many bytes */
  readonly limit: number;
  /** Called once with the first bytes, before much is written; may throw to refuse the rest. */
  readonly inspect: (head: Buffer) => Kind;
}

/** The first and the last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Keeps bytes. A row of the database says whether an object exists; the bytes follow it. Around every change of a row the
 * place is unsettled, and stays so if the process dies meanwhile: whoever starts next asks the row and settles it.
 */
export abstract class StorageAdapter {
  /**
   * Writes all of the content to the place, durably. The place is unsettled then.
   * @throws DomainError `media.too_large`, `media.upload_interrupted`, and whatever `inspect` throws; nothing is left then
   */
  abstract receive<Kind>(
    place: StoragePlace,
    content: Readable,
    receiving: Receiving<Kind>,
  ): Promise<Received<Kind>>;

  /** Before a row is removed. */
  abstract unsettle(place: StoragePlace): Promise<void>;

  /** The row is there: so shall the bytes be. */
  abstract keep(place: StoragePlace): Promise<void>;

  /** The row is not there: nor shall the bytes be. */
  abstract discard(place: StoragePlace): Promise<void>;

  /** Nobody knows whether the row is there: the place stays unsettled, for a later look. */
  abstract abandon(place: StoragePlace): void;

  /** What was abandoned, or left by a process that is no more. */
  abstract leftUnsettled(): Promise<StoragePlace[]>;

  /** @throws DomainError `media.bytes_missing` */
  abstract open(place: StoragePlace, range?: ByteRange): Promise<Readable>;
}
