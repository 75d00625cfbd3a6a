import { Injectable } from '@nestjs/common';
import { courseUpdated, type CourseContentInput, type CourseImportResult } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { duplicateIds } from '../content/completeness.js';
import { withIds } from '../content/content.js';
import { CoursePublisher, type Publishable } from '../course/course-publisher.js';
import { CourseDeleted, CourseIncomplete, DraftInvalid } from '../course/course.errors.js';
import type { Course } from '../course/course.js';
import { CourseRepository } from '../course/course.repository.js';
import { CreateCourse } from '../course/create-course.use-case.js';

@Injectable()
export class ImportBundleCourse {
  constructor(
    private readonly courses: CourseRepository,
    private readonly createCourse: CreateCourse,
    private readonly publisher: CoursePublisher,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The course of that key with that content, published. What is so already stays as it is. */
  async execute(externalKey: string, input: CourseContentInput): Promise<CourseImportResult> {
    const content = withIds(input);
    const duplicates = duplicateIds(content);
    if (duplicates.length > 0) throw new DraftInvalid(duplicates);
    const examined = await this.publisher.examine(content);
    if (examined.faults !== null) throw new CourseIncomplete(examined.faults);
    const publishable = { content, digest: examined.digest };
    return this.unitOfWork.run(async () => {
      const known = await this.courses.lockByExternalKey(externalKey);
      if (known === null) return this.create(externalKey, publishable);
      if (known.deletedAt !== null) throw new CourseDeleted();
      return this.update(known, publishable);
    });
  }

  private async create(externalKey: string, publishable: Publishable): Promise<CourseImportResult> {
    const { id: courseId } = await this.createCourse.execute(publishable.content, externalKey);
    await this.publisher.publish({ courseId, number: 1, revision: 1 }, publishable);
    return { courseId, version: 1, digest: publishable.digest, outcome: 'created' };
  }

  private async update(course: Course, { content, digest }: Publishable): Promise<CourseImportResult> {
    const { id: courseId, publishedVersion } = course;
    const last = publishedVersion === null ? null : await this.courses.version(courseId, publishedVersion);
    if (last?.digest === digest) return { courseId, version: last.number, digest, outcome: 'unchanged' };
    const revision = course.revision + 1;
    await this.courses.saveDraft({
      ...{ courseId, revision, content },
      ...{ updatedBy: null, updatedAt: this.clock.now() },
    });
    await this.events.append(courseUpdated, courseId, { courseId, title: content.title, revision });
    const number = (publishedVersion ?? 0) + 1;
    await this.publisher.publish({ courseId, number, revision }, { content, digest });
    return { courseId, version: number, digest, outcome: 'updated' };
  }
}
