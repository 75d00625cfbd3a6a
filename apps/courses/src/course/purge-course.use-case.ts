import { Injectable } from '@nestjs/common';
import { coursePurged } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { restorableUntil } from './course.js';
import { CourseRepository } from './course.repository.js';

/**
 * The end of a deleted course: its draft and its lessons are gone for good. What people have achieved in it stays:
 * enrolments, attempts, certificates and the table of contents of the versions that they refer to.
 */
@Injectable()
export class PurgeCourse {
  constructor(
    private readonly courses: CourseRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** True if it was the time; once more changes nothing. */
  async execute(courseId: string): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const course = await this.courses.lock(courseId);
      const deletedAt = course?.deletedAt ?? null;
      const now = this.clock.now();
      if (course === null || deletedAt === null || now <= restorableUntil(deletedAt)) return false;
      await this.courses.purge(courseId, now);
      await this.events.append(coursePurged, courseId, { courseId, title: course.title });
      return true;
    });
  }
}
