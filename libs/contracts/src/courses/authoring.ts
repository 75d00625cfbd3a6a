import { z } from 'zod';
import { instant, page, text, uuid } from '../index.js';
import { courseContent, courseContentInput, mediaSource, portableContent } from './content.js';

export const courseStatus = z.enum(['draft', 'published', 'deleted']);
export type CourseStatus = z.infer<typeof courseStatus>;

/** What a list of courses is narrowed to: a state, or published ones whose draft says something else by now. */
export const courseFilter = z.enum([...courseStatus.options, 'changed']);
export type CourseFilter = z.infer<typeof courseFilter>;

export const courseOrder = z.enum(['updated', 'title']);
export type CourseOrder = z.infer<typeof courseOrder>;

/** A course as its authors see it in a list. */
export const authoredCourse = z.strictObject({
  id: uuid(),
  /** The draft's title. */
  title: z.string(),
  status: courseStatus,
  /** Grows with every saved change; the ETag of the draft. */
  draftRevision: z.int().positive(),
  /** The newest published version, or null before the first. */
  publishedVersion: z.int().positive().nullable(),
  /** The draft differs from the newest published version. */
  unpublishedChanges: z.boolean(),
  publishedAt: instant().nullable(),
  createdAt: instant(),
  updatedAt: instant(),
  deletedAt: instant().nullable(),
  /** Until when a deleted course can be restored. */
  restorableUntil: instant().nullable(),
});
export type AuthoredCourse = z.infer<typeof authoredCourse>;

/** The same with what a list shows besides. */
export const listedCourse = z.strictObject({
  ...authoredCourse.shape,
  /** Of the draft. */
  lessons: z.int().nonnegative(),
  /** Enrolled and not withdrawn. */
  learners: z.int().nonnegative(),
  /** Who saved the draft last, where that is known. */
  updatedByName: z.string().nullable(),
});
export type ListedCourse = z.infer<typeof listedCourse>;
export const listedCoursePage = page(listedCourse);

/** A course begins with its title; all else is written in the draft. */
export const newCourse = z.strictObject({ title: text(1, 200), language: courseContentInput.shape.language });

/** What describes the course, changed apart from its lessons. Shown to learners with the next publication. */
export const courseDescription = z
  .strictObject({
    title: text(1, 200),
    summary: text(0, 1000),
    language: courseContentInput.shape.language.unwrap(),
    estimatedMinutes: z.int().min(0).max(100_000),
    certificate: z.boolean(),
    tags: z.array(text(1, 40)).max(20),
    cover: mediaSource.nullable(),
  })
  .partial();
export type CourseDescription = z.infer<typeof courseDescription>;

export const draft = z.strictObject({
  courseId: uuid(),
  /** The number in the ETag. */
  revision: z.int().positive(),
  content: courseContent,
  updatedAt: instant(),
  updatedBy: uuid().nullable(),
});
export type Draft = z.infer<typeof draft>;

export const draftInput = z.strictObject({ content: courseContentInput });

/** A published version never changes. */
export const courseVersion = z.strictObject({
  courseId: uuid(),
  /** 1, 2, 3 … */
  number: z.int().positive(),
  title: z.string(),
  lessons: z.int().nonnegative(),
  /** SHA-256 of the canonical content without ids; equal content has an equal digest, in any tenant. */
  digest: z.string(),
  publishedAt: instant(),
  publishedBy: uuid().nullable(),
});
export type CourseVersion = z.infer<typeof courseVersion>;
export const courseVersionPage = page(courseVersion);

/** One course in one file. */
export const courseExport = z.strictObject({
  format: z.literal('harka.course'),
  version: z.literal(1),
  exportedAt: instant(),
  /** Digest of `course`, as in a published version. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  course: portableContent,
  /** The files that the course refers to; the importing tenant must hold them. */
  media: z
    .array(
      z.strictObject({
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        name: text(1, 200),
        contentType: text(1, 200),
        bytes: z.int().nonnegative(),
      }),
    )
    .max(5000),
});
export type CourseExport = z.infer<typeof courseExport>;
