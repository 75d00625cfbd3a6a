import { Injectable } from '@nestjs/common';
import { courseCreated, type CourseContent } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import type { Course } from './course.js';
import { CourseRepository } from './course.repository.js';
import { userIdOf } from './user-id.js';

@Injectable()
export class CreateCourse {
  constructor(
    private readonly courses: CourseRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @param externalKey The course's name in an onboarding bundle. */
  async execute(content: CourseContent, externalKey: string | null = null): Promise<Course> {
    const id = newId();
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      await this.courses.create({
        id,
        externalKey,
        content,
        createdBy: userIdOf(currentActor()),
        createdAt: now,
      });
      await this.events.append(courseCreated, id, { courseId: id, title: content.title });
    });
    return {
      id,
      externalKey,
      title: content.title,
      revision: 1,
      publishedVersion: null,
      publishedRevision: null,
      publishedAt: null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
  }
}
