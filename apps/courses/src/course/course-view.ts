import type { AuthoredCourse, CourseVersion, Draft } from '#libs/contracts/courses';
import { lessonsOf } from '../content/content.js';
import { restorableUntil, type Course, type NewVersion, type StoredDraft } from './course.js';

export function authoredCourseOf(course: Course): AuthoredCourse {
  const { deletedAt, publishedAt, publishedVersion } = course;
  return {
    id: course.id,
    title: course.title,
    status: deletedAt !== null ? 'deleted' : publishedVersion !== null ? 'published' : 'draft',
    draftRevision: course.revision,
    publishedVersion,
    unpublishedChanges: course.revision !== course.publishedRevision,
    publishedAt: publishedAt?.toISOString() ?? null,
    createdAt: course.createdAt.toISOString(),
    updatedAt: course.updatedAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
    restorableUntil: deletedAt === null ? null : restorableUntil(deletedAt).toISOString(),
  };
}

export function draftOf({ courseId, revision, content, updatedAt, updatedBy }: StoredDraft): Draft {
  return { courseId, revision, content, updatedAt: updatedAt.toISOString(), updatedBy };
}

export function courseVersionOf(version: NewVersion): CourseVersion {
  return {
    courseId: version.courseId,
    number: version.number,
    title: version.content.title,
    lessons: lessonsOf(version.content).length,
    digest: version.digest,
    publishedAt: version.publishedAt.toISOString(),
    publishedBy: version.publishedBy,
  };
}
