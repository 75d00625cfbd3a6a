import type { MediaFile } from './media-file.js';
import { MediaLibrary } from './media-library.js';

export class FakeMediaLibrary extends MediaLibrary {
  readonly files: MediaFile[] = [];

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, MediaFile>> {
    return new Map(this.files.filter(({ id }) => ids.includes(id)).map((file) => [file.id, file]));
  }

  async byDigests(digests: readonly string[]): Promise<ReadonlyMap<string, MediaFile>> {
    return new Map(
      this.files.filter(({ sha256 }) => digests.includes(sha256)).map((file) => [file.sha256, file]),
    );
  }
}
