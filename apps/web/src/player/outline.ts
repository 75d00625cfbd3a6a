import type { CourseOutline, CourseProgress, LessonState } from '#libs/contracts/courses';

export type OutlineLesson = CourseOutline['modules'][number]['lessons'][number];

export const lessonsOf = (outline: CourseOutline): readonly OutlineLesson[] =>
  outline.modules.flatMap((module) => module.lessons);

export interface Place {
  /** From 1. */
  readonly number: number;
  readonly total: number;
  readonly previous: OutlineLesson | null;
  readonly next: OutlineLesson | null;
}

export function placeOf(outline: CourseOutline, lessonId: string): Place | null {
  const lessons = lessonsOf(outline);
  const index = lessons.findIndex(({ id }) => id === lessonId);
  if (index < 0) return null;
  return {
    number: index + 1,
    total: lessons.length,
    previous: lessons[index - 1] ?? null,
    next: lessons[index + 1] ?? null,
  };
}

/** Where to enter a course: the first lesson that is not completed, else the first of all. */
export function entryLesson(outline: CourseOutline): string | null {
  return outline.nextLessonId ?? lessonsOf(outline)[0]?.id ?? null;
}

/** Where to go from a lesson that was just completed: on, else back to what was left out; null when all is done. */
export function lessonAfter(outline: CourseOutline, lessonId: string, course: CourseProgress): string | null {
  if (course.status === 'completed') return null;
  return placeOf(outline, lessonId)?.next?.id ?? course.nextLessonId;
}

/** The outline with what the server said about one lesson, so that the page need not ask again. */
export function withLesson(
  outline: CourseOutline,
  lessonId: string,
  state: LessonState,
  course: CourseProgress,
): CourseOutline {
  return {
    ...outline,
    ...course,
    modules: outline.modules.map((module) => ({
      ...module,
      lessons: module.lessons.map((lesson) => (lesson.id === lessonId ? { ...lesson, state } : lesson)),
    })),
  };
}
