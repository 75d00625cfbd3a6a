import { Injectable } from '@nestjs/common';
import type { CourseContent, CourseExport } from '#libs/contracts/courses';
import { Clock } from '#libs/kernel';
import { digestOf } from '../content/digest.js';
import { mediaMentions, toPortable } from '../content/portable.js';
import type { MediaFile } from '../media-file/media-file.js';
import { MediaLibrary } from '../media-file/media-library.js';
import { mediaFaults } from '../media-file/media-faults.js';
import { contentOfVersion } from './version-content.js';
import { CourseIncomplete, VersionNotFound } from './course.errors.js';
import { CourseRepository } from './course.repository.js';
import { GetCourse } from './get-course.use-case.js';

@Injectable()
export class ExportCourse {
  constructor(
    private readonly courses: CourseRepository,
    private readonly course: GetCourse,
    private readonly media: MediaLibrary,
    private readonly clock: Clock,
  ) {}

  /** A published version, or the draft where none is named. */
  async execute(courseId: string, version?: number): Promise<CourseExport> {
    const { content: draft } = await this.course.draft(courseId);
    const content = version === undefined ? draft : await this.published(courseId, version);
    const files = await this.media.mentionedIn(content);
    const missing = mediaFaults(content, files).filter(({ code }) => code === 'media.not_found');
    if (missing.length > 0) throw new CourseIncomplete(missing);
    const course = toPortable(content, (id) => files.get(id)?.sha256 ?? id);
    return {
      format: 'harka.course',
      version: 1,
      exportedAt: this.clock.now().toISOString(),
      digest: digestOf(course),
      course,
      media: filesOf(content, files),
    };
  }

  private async published(courseId: string, number: number): Promise<CourseContent> {
    const version = await this.courses.version(courseId, number);
    if (version === null) throw new VersionNotFound();
    return contentOfVersion(version, await this.courses.lessons(courseId, number));
  }
}

/** Each file once, in the order in which the course mentions them. */
function filesOf(content: CourseContent, files: ReadonlyMap<string, MediaFile>): CourseExport['media'] {
  const byDigest = new Map<string, CourseExport['media'][number]>();
  for (const { name } of mediaMentions(content)) {
    const file = files.get(name);
    if (file === undefined) continue;
    const { sha256, contentType, bytes } = file;
    byDigest.set(sha256, { sha256, name: file.name, contentType, bytes });
  }
  return [...byDigest.values()];
}
