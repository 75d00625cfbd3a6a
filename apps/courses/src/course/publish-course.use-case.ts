import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/tenancy';
import { CoursePublisher } from './course-publisher.js';
import type { NewVersion } from './course.js';
import { CourseIncomplete, CourseNotFound, DraftChanged, NothingToPublish } from './course.errors.js';
import { CourseRepository } from './course.repository.js';

@Injectable()
export class PublishCourse {
  constructor(
    private readonly courses: CourseRepository,
    private readonly publisher: CoursePublisher,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes the draft a version. `seen` is the revision that the author read: nothing else is published by mistake. */
  async execute(courseId: string, seen: number): Promise<NewVersion> {
    const draft = await this.courses.draft(courseId);
    if (draft === null) throw new CourseNotFound();
    if (draft.revision !== seen) throw new DraftChanged(draft.revision);
    const { content } = draft;
    const examined = await this.publisher.examine(content);

    return this.unitOfWork.run(async () => {
      const course = await this.courses.lock(courseId);
      if (course?.deletedAt !== null) throw new CourseNotFound();
      if (course.revision !== seen) throw new DraftChanged(course.revision);
      if (examined.faults !== null) throw new CourseIncomplete(examined.faults);
      const last = course.publishedVersion ?? 0;
      const published = last === 0 ? null : await this.courses.version(courseId, last);
      if (published?.digest === examined.digest) throw new NothingToPublish(last);
      const place = { courseId, number: last + 1, revision: draft.revision };
      return this.publisher.publish(place, { content, digest: examined.digest });
    });
  }
}
