import type { CourseContent } from '#libs/contracts/courses';
import type { CourseHeader, Outline } from '../content/content.js';

/** A course without its content. */
export interface Course {
  readonly id: string;
  /** Its name in the onboarding bundle that it came from. */
  readonly externalKey: string | null;
  /** The draft's title. */
  readonly title: string;
  /** Grows with every saved change of the draft. */
  readonly revision: number;
  readonly publishedVersion: number | null;
  /** The revision that was published last. */
  readonly publishedRevision: number | null;
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

export interface StoredDraft {
  readonly courseId: string;
  readonly revision: number;
  readonly content: CourseContent;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** A version as it is written, once. */
export interface NewVersion {
  readonly courseId: string;
  readonly number: number;
  readonly content: CourseContent;
  readonly digest: string;
  /** The draft's revision that it was made from. */
  readonly revision: number;
  readonly publishedAt: Date;
  readonly publishedBy: string | null;
}

/** A version without its lessons' content. */
export interface StoredVersion {
  readonly courseId: string;
  readonly number: number;
  readonly header: CourseHeader;
  readonly outline: Outline;
  readonly digest: string;
}

export const RESTORE_DAYS = 30;

/** The last moment in which a deleted course can be restored. */
export function restorableUntil(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + RESTORE_DAYS * 24 * 60 * 60 * 1000);
}
