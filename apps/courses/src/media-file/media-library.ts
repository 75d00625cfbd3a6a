import type { CourseContent } from '#libs/contracts/courses';
import { mediaMentions } from '../content/portable.js';
import type { MediaFile } from './media-file.js';

/** The tenant's stored files. */
export abstract class MediaLibrary {
  /** By id; what does not exist is left out. */
  abstract byIds(ids: readonly string[]): Promise<ReadonlyMap<string, MediaFile>>;

  /** By SHA-256; where a file is stored twice, any one of them. */
  abstract byDigests(digests: readonly string[]): Promise<ReadonlyMap<string, MediaFile>>;

  async mentionedIn(content: CourseContent): Promise<ReadonlyMap<string, MediaFile>> {
    const ids = [...new Set(mediaMentions(content).map(({ name }) => name))];
    return ids.length === 0 ? new Map() : this.byIds(ids);
  }
}
