import { z } from 'zod';
import { instant, page, pageQuery, text, uuid } from '../index.js';
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

const minutes = z.coerce.number().int().min(0).max(100_000);

export const catalogueQuery = z.strictObject({
  ...pageQuery,
  /** Words or beginnings of words, without regard to case and accents. */
  q: text(1, 200).optional(),
  /** One of the course's topics, as the facets write it. */
  tag: text(1, 100).optional(),
  /** A language tag, as the facets write it. */
  language: text(1, 35).optional(),
  /** Takes at least so long. */
  minMinutes: minutes.optional(),
  /** Takes at most so long. */
  maxMinutes: minutes.optional(),
  /** `new`: the caller is not enrolled; `current`: enrolled and not done; `completed`: done. */
  state: z.enum(['new', 'current', 'completed']).optional(),
});
export type CatalogueQuery = z.output<typeof catalogueQuery>;

const facet = z.strictObject({ value: z.string(), courses: z.int().positive() });

export const catalogueFacets = z.strictObject({
  /** At most a hundred. */
  tags: z.array(facet),
  languages: z.array(facet),
});
export type CatalogueFacets = z.infer<typeof catalogueFacets>;
