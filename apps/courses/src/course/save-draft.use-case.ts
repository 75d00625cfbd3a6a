import { Injectable } from '@nestjs/common';
import {
  courseUpdated,
  type CourseContent,
  type CourseContentInput,
  type CourseDescription,
} from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { duplicateIds } from '../content/completeness.js';
import { withIds } from '../content/content.js';
import type { Course, StoredDraft } from './course.js';
import { CourseNotFound, DraftChanged, DraftInvalid } from './course.errors.js';
import { CourseRepository } from './course.repository.js';
import { userIdOf } from './user-id.js';

@Injectable()
export class SaveDraft {
  constructor(
    private readonly courses: CourseRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Replaces the draft. `seen` is the revision that the author read. */
  async execute(courseId: string, seen: number, input: CourseContentInput): Promise<StoredDraft> {
    const content = withIds(input);
    const faults = duplicateIds(content);
    if (faults.length > 0) throw new DraftInvalid(faults);
    return this.unitOfWork.run(async () => this.save(await this.holdAt(courseId, seen), content));
  }

  /** Changes title, summary and the like, and leaves the lessons as they are. */
  async describe(courseId: string, seen: number, description: CourseDescription): Promise<StoredDraft> {
    return this.unitOfWork.run(async () => {
      const course = await this.holdAt(courseId, seen);
      const draft = await this.courses.draft(courseId);
      if (draft === null) throw new CourseNotFound();
      return this.save(course, { ...draft.content, ...withoutUndefined(description) });
    });
  }

  private async holdAt(courseId: string, seen: number): Promise<Course> {
    const course = await this.courses.lock(courseId);
    if (course?.deletedAt !== null) throw new CourseNotFound();
    if (course.revision !== seen) throw new DraftChanged(course.revision);
    return course;
  }

  private async save(course: Course, content: CourseContent): Promise<StoredDraft> {
    const draft: StoredDraft = {
      courseId: course.id,
      revision: course.revision + 1,
      content,
      updatedAt: this.clock.now(),
      updatedBy: userIdOf(currentActor()),
    };
    await this.courses.saveDraft(draft);
    await this.events.append(courseUpdated, course.id, {
      courseId: course.id,
      title: content.title,
      revision: draft.revision,
    });
    return draft;
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(given: T): Present<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>;
}
