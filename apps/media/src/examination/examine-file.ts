import type { MediaType } from '#libs/contracts/media';
import { faultInArchive } from './archive.js';
import type { FileFault } from './file-fault.js';
import { bytesOf, type OpenRange } from './open-range.js';
import { faultInSvg, LARGEST_SVG } from './svg.js';

const archives = new Set<MediaType>([
  'application/zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);

/** Looks into a file that has arrived whole: into pictures that are programs, and archives that are bombs. */
export async function faultIn(type: MediaType, bytes: number, open: OpenRange): Promise<FileFault | null> {
  if (type === 'image/svg+xml') {
    if (bytes > LARGEST_SVG) {
      return { code: 'media.svg_too_large', detail: 'An SVG drawing may have at most 5 MiB.' };
    }
    return faultInSvg(await bytesOf(open, { first: 0, last: bytes - 1 }));
  }
  return archives.has(type) ? faultInArchive(bytes, open) : null;
}
