import { Injectable } from '@nestjs/common';
import type { Course, StoredDraft } from './course.js';
import { CourseNotFound } from './course.errors.js';
import { CourseRepository } from './course.repository.js';

@Injectable()
export class GetCourse {
  constructor(private readonly courses: CourseRepository) {}

  /** Deleted ones too: their authors may look and restore. */
  async execute(courseId: string): Promise<Course> {
    const course = await this.courses.find(courseId);
    if (course === null) throw new CourseNotFound();
    return course;
  }

  async draft(courseId: string): Promise<StoredDraft> {
    const draft = await this.courses.draft(courseId);
    if (draft === null) throw new CourseNotFound();
    return draft;
  }
}
