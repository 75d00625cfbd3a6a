import { z } from 'zod';
import { slug, uuid } from '../index.js';
import { courseContentInput } from './content.js';

/** One course of an onboarding bundle. The same content again changes nothing; other content is published as a new version. */
export const courseImport = z.strictObject({
  /** The course's folder name; names the course within the tenant. */
  externalKey: slug(),
  content: courseContentInput,
});

export const courseImportResult = z.strictObject({
  courseId: uuid(),
  version: z.int().positive(),
  /** Digest of the published content. */
  digest: z.string(),
  outcome: z.enum(['created', 'updated', 'unchanged']),
});
export type CourseImportResult = z.infer<typeof courseImportResult>;

/** What the tenant holds, to compare with what a bundle brought. */
export const coursesDigest = z.strictObject({
  courses: z.array(
    z.strictObject({
      externalKey: slug(),
      courseId: uuid(),
      version: z.int().positive(),
      digest: z.string(),
      lessons: z.int().nonnegative(),
      /** Not withdrawn. */
      enrolments: z.int().nonnegative(),
    }),
  ),
  /** Of all courses, those without an external key included. */
  totals: z.strictObject({ courses: z.int().nonnegative(), enrolments: z.int().nonnegative() }),
});
export type CoursesDigest = z.infer<typeof coursesDigest>;
