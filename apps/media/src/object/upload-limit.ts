/** The largest file that is taken, in bytes. Injectable. */
export class UploadLimit {
  constructor(readonly bytes: number) {}
}
