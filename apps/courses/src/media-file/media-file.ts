/** A file of the tenant's media library, as far as courses care. */
export interface MediaFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
}
