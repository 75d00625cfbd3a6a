import { z } from 'zod';
import { instant, page, uuid } from '../index.js';
import { lessonKind } from './content.js';
import { enrolmentStatus } from './enrolment.js';

/** A published course as learners find it. */
export const catalogueCourse = z.strictObject({
  courseId: uuid(),
  title: z.string(),
  summary: z.string(),
  language: z.string(),
  /** Of the tenant's own host when it starts with a slash. */
  coverUrl: z.string().nullable(),
  estimatedMinutes: z.int().nonnegative(),
  tags: z.array(z.string()),
  certificate: z.boolean(),
  lessons: z.int().nonnegative(),
  version: z.int().positive(),
  publishedAt: instant(),
  /** The caller's own enrolment, if any. */
  enrolment: z.strictObject({ enrolmentId: uuid(), status: enrolmentStatus }).nullable(),
});
export type CatalogueCourse = z.infer<typeof catalogueCourse>;
export const cataloguePage = page(catalogueCourse);
export type CataloguePage = z.infer<typeof cataloguePage>;

export const catalogueDetail = z.strictObject({
  ...catalogueCourse.shape,
  modules: z.array(
    z.strictObject({
      title: z.string(),
      lessons: z.array(
        z.strictObject({ title: z.string(), kind: lessonKind, minutes: z.int().nonnegative() }),
      ),
    }),
  ),
});
export type CatalogueDetail = z.infer<typeof catalogueDetail>;
