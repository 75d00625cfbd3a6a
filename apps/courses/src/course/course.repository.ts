import type { CourseContent, Lesson } from '#libs/contracts/courses';
import type { Course, NewVersion, StoredDraft, StoredVersion } from './course.js';

export interface NewCourse {
  readonly id: string;
  readonly externalKey: string | null;
  readonly content: CourseContent;
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

export interface DraftChange {
  readonly courseId: string;
  /** The new one; the stored one must be the one before. */
  readonly revision: number;
  readonly content: CourseContent;
  readonly updatedBy: string | null;
  readonly updatedAt: Date;
}

/** Courses, their drafts and their versions. Deleted courses are found too, unless it says otherwise. */
export abstract class CourseRepository {
  /** The course and revision 1 of its draft. @throws ExternalKeyTaken */
  abstract create(course: NewCourse): Promise<void>;

  abstract find(courseId: string): Promise<Course | null>;

  /** As `find`, and nobody else changes it until the unit of work ends. */
  abstract lock(courseId: string): Promise<Course | null>;

  /** As `lock`, by the key that the course had in its onboarding bundle. */
  abstract lockByExternalKey(externalKey: string): Promise<Course | null>;

  /** Null where the course is deleted. */
  abstract draft(courseId: string): Promise<StoredDraft | null>;

  abstract saveDraft(change: DraftChange): Promise<void>;

  /** Writes the version, shows it in the catalogue, and moves to it whoever is enrolled and has not begun. */
  abstract publish(version: NewVersion): Promise<void>;

  abstract version(courseId: string, number: number): Promise<StoredVersion | null>;

  /** The lessons of a version in their order. */
  abstract lessons(courseId: string, number: number): Promise<Lesson[]>;

  /** Null takes the deletion back. */
  abstract markDeleted(courseId: string, deletedAt: Date | null): Promise<void>;

  /** Draft and lessons go for good; nothing finds the course after that. */
  abstract purge(courseId: string, purgedAt: Date): Promise<void>;
}
