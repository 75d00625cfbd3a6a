import { Injectable } from '@nestjs/common';
import { coursePublished, type CourseContent } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock, type Fault } from '#libs/kernel';
import { currentActor } from '#libs/tenancy';
import { digestOf } from '../content/digest.js';
import { gapsIn } from '../content/completeness.js';
import { lessonsOf } from '../content/content.js';
import { toPortable } from '../content/portable.js';
import { MediaLibrary } from '../media-file/media-library.js';
import { mediaFaults } from '../media-file/media-faults.js';
import { CourseRepository } from './course.repository.js';
import type { NewVersion } from './course.js';
import { userIdOf } from './user-id.js';

/** Content that may be published, and its digest. */
export interface Publishable {
  readonly content: CourseContent;
  readonly digest: string;
}

/** What publishing a draft and importing a course have in common. */
@Injectable()
export class CoursePublisher {
  constructor(
    private readonly courses: CourseRepository,
    private readonly media: MediaLibrary,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Everything that is wrong with the content at once, or its digest. May ask other services: not for a transaction. */
  async examine(content: CourseContent): Promise<{ faults: Fault[] } | { faults: null; digest: string }> {
    const files = await this.media.mentionedIn(content);
    const faults = [...gapsIn(content), ...mediaFaults(content, files)];
    if (faults.length > 0) return { faults };
    return { faults: null, digest: digestOf(toPortable(content, (id) => files.get(id)?.sha256 ?? id)) };
  }

  /** Writes the version and its event, in the unit of work of the caller, who holds the course. */
  async publish(
    place: Pick<NewVersion, 'courseId' | 'number' | 'revision'>,
    { content, digest }: Publishable,
  ): Promise<NewVersion> {
    const version: NewVersion = {
      ...place,
      content,
      digest,
      publishedAt: this.clock.now(),
      publishedBy: userIdOf(currentActor()),
    };
    await this.courses.publish(version);
    await this.events.append(coursePublished, version.courseId, {
      courseId: version.courseId,
      title: content.title,
      version: version.number,
      lessons: lessonsOf(content).length,
      digest,
    });
    return version;
  }
}
