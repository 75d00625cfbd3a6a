import { Injectable } from '@nestjs/common';
import type { LearnerLesson } from '#libs/contracts/courses';
import { lessonsOf } from '../content/content.js';
import { learnerLessonOf } from '../content/learner-lesson.js';
import { LessonNotFound } from './course.errors.js';
import { GetCourse } from './get-course.use-case.js';

@Injectable()
export class PreviewLesson {
  constructor(private readonly course: GetCourse) {}

  /** A lesson of the draft, made by the same code that makes a learner's lesson. */
  async execute(courseId: string, lessonId: string): Promise<LearnerLesson> {
    const { content } = await this.course.draft(courseId);
    const placed = lessonsOf(content).find(({ lesson }) => lesson.id === lessonId);
    if (placed === undefined) throw new LessonNotFound();
    return learnerLessonOf(placed.lesson, 'preview');
  }
}
