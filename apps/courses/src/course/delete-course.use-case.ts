import { Injectable } from '@nestjs/common';
import { courseDeleted, courseRestored } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { restorableUntil, type Course } from './course.js';
import { CourseNotDeleted, CourseNotFound, RestoreExpired } from './course.errors.js';
import { CourseRepository } from './course.repository.js';

/** Deletes so that it can be taken back: enrolments, progress and certificates stay where they are. */
@Injectable()
export class DeleteCourse {
  constructor(
    private readonly courses: CourseRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(courseId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const course = await this.courses.lock(courseId);
      if (course?.deletedAt !== null) throw new CourseNotFound();
      await this.courses.markDeleted(courseId, this.clock.now());
      await this.events.append(courseDeleted, courseId, { courseId, title: course.title });
    });
  }

  async restore(courseId: string): Promise<Course> {
    return this.unitOfWork.run(async () => {
      const course = await this.courses.lock(courseId);
      if (course === null) throw new CourseNotFound();
      if (course.deletedAt === null) throw new CourseNotDeleted();
      if (this.clock.now() > restorableUntil(course.deletedAt)) throw new RestoreExpired();
      await this.courses.markDeleted(courseId, null);
      await this.events.append(courseRestored, courseId, { courseId, title: course.title });
      return { ...course, deletedAt: null };
    });
  }
}
