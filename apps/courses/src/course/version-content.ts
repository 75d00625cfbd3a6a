import type { CourseContent, Lesson } from '#libs/contracts/courses';
import type { StoredVersion } from './course.js';

/** Puts a version together again from its table of contents and its lessons. */
export function contentOfVersion(
  { header, outline }: StoredVersion,
  lessons: readonly Lesson[],
): CourseContent {
  const byId = new Map(lessons.map((lesson) => [lesson.id, lesson]));
  return {
    ...header,
    modules: outline.map((module) => ({
      id: module.id,
      title: module.title,
      lessons: module.lessons.flatMap(({ id }) => byId.get(id) ?? []),
    })),
  };
}
