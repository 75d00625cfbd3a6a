import type { MediaUpload } from '#libs/contracts/media';

/** A file that comes in parts. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  /** How long the file will be. */
  readonly bytes: number;
  readonly received: number;
  /** How many parts have arrived. */
  readonly parts: number;
  /** Who may go on with it: kind and id of the actor. */
  readonly owner: string;
  readonly uploadedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly mediaId: string | null;
}

/** A run of bytes that has arrived. */
export interface UploadPart {
  readonly firstByte: number;
  readonly bytes: number;
  /** Its name in the storage. */
  readonly part: string;
}

/** Whoever sends nothing for so long has given up. */
export const UPLOAD_LIFETIME = 24 * 60 * 60_000;
/** A tenant cannot begin more before others end: what is begun holds quota. */
export const MAX_UNFINISHED = 100;
/** 512 MiB in parts of 8 MiB are 64; a sender of crumbs is stopped here. */
export const MAX_PARTS = 2_000;

export function viewOf({ id, name, bytes, received, expiresAt, mediaId }: Upload): MediaUpload {
  return { id, name, bytes, received, expiresAt: expiresAt.toISOString(), mediaId };
}
