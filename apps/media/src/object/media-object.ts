import type { MediaType } from '#libs/contracts/media';

/** A stored file, without its bytes. */
export interface StoredObject {
  readonly id: string;
  readonly name: string;
  readonly contentType: MediaType;
  readonly bytes: number;
  readonly sha256: string;
  readonly uploadedBy: string | null;
  readonly createdAt: Date;
}

export function contentPathOf(objectId: string): string {
  return `/api/v1/media/${objectId}/content`;
}
