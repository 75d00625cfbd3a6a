import type { CourseContent } from '#libs/contracts/courses';
import type { Fault } from '#libs/kernel';
import { mediaMentions, type MediaUse } from '../content/portable.js';
import type { MediaFile } from './media-file.js';

const fitting: Readonly<Record<MediaUse, { readonly types: RegExp; readonly detail: string }>> = {
  picture: { types: /^image\//, detail: 'A picture is expected here.' },
  video: { types: /^(?:video|audio)\//, detail: 'A video or a sound file is expected here.' },
  file: { types: /^/, detail: '' },
};

/** Mentions of files that do not exist, or that are not what the place needs. */
export function mediaFaults(content: CourseContent, files: ReadonlyMap<string, MediaFile>): Fault[] {
  return mediaMentions(content).flatMap(({ name, use, pointer }) => {
    const file = files.get(name);
    if (file === undefined) {
      return [{ pointer, code: 'media.not_found', detail: 'The media library holds no such file.' }];
    }
    const { types, detail } = fitting[use];
    return types.test(file.contentType) ? [] : [{ pointer, code: 'media.wrong_type', detail }];
  });
}
