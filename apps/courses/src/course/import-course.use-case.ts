import { Injectable } from '@nestjs/common';
import type { CourseExport } from '#libs/contracts/courses';
import type { Fault } from '#libs/kernel';
import { currentActor } from '#libs/tenancy';
import { withIds } from '../content/content.js';
import { digestOf } from '../content/digest.js';
import { fromPortable, mediaMentions } from '../content/portable.js';
import type { MediaFile } from '../media-file/media-file.js';
import { MediaLibrary } from '../media-file/media-library.js';
import type { StoredDraft } from './course.js';
import { ImportRefused } from './course.errors.js';
import { CreateCourse } from './create-course.use-case.js';
import { userIdOf } from './user-id.js';

@Injectable()
export class ImportCourse {
  constructor(
    private readonly media: MediaLibrary,
    private readonly createCourse: CreateCourse,
  ) {}

  /** A new course with the file's content as its draft: new ids, the same digest. */
  async execute(file: CourseExport): Promise<StoredDraft> {
    const digests = [...new Set(mediaMentions(file.course).map(({ name }) => name))];
    const held = digests.length === 0 ? new Map<string, MediaFile>() : await this.media.byDigests(digests);
    const faults = [...danglingIn(file, held), ...tamperedWith(file)];
    if (faults.length > 0) throw new ImportRefused(faults);
    const content = withIds(fromPortable(file.course, (sha256) => held.get(sha256)?.id ?? sha256));
    const course = await this.createCourse.execute(content);
    return {
      courseId: course.id,
      revision: 1,
      content,
      updatedAt: course.updatedAt,
      updatedBy: userIdOf(currentActor()),
    };
  }
}

function danglingIn(file: CourseExport, held: ReadonlyMap<string, MediaFile>): Fault[] {
  const declared = new Set(file.media.map(({ sha256 }) => sha256));
  return mediaMentions(file.course).flatMap(({ name, pointer }): Fault[] => {
    const at = `/course${pointer}`;
    if (!declared.has(name)) {
      return [{ pointer: at, code: 'media.undeclared', detail: 'The list "media" does not name this file.' }];
    }
    if (held.has(name)) return [];
    return [{ pointer: at, code: 'media.not_found', detail: 'Upload this file to the media library first.' }];
  });
}

function tamperedWith({ course, digest }: CourseExport): Fault[] {
  if (digestOf(course) === digest) return [];
  return [
    { pointer: '/digest', code: 'course.digest_mismatch', detail: 'The content is not the one exported.' },
  ];
}
