import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid, type Page } from '#libs/contracts';
import type {
  CatalogueCourse,
  CatalogueDetail,
  CatalogueFacets,
  CatalogueQuery,
  EnrolmentStatus,
} from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import { currentActor } from '#libs/tenancy';
import { z } from 'zod';
import type { Outline } from '../content/content.js';
import { CourseNotFound } from '../course/course.errors.js';
import { searchWords } from './search-words.js';

const columns = `
  c.id AS "courseId", c.title, c.summary, c.language, c.cover_url AS "coverUrl",
  c.estimated_minutes AS "estimatedMinutes", c.tags, c.certificate, c.lessons,
  c.published_version AS version, c.published_at AS "publishedAt",
  e.id AS "enrolmentId", e.status AS "enrolmentStatus"`;

const mine = `
  LEFT JOIN courses.enrolments e
    ON e.tenant_id = c.tenant_id AND e.course_id = c.id AND e.user_id = $1 AND e.status <> 'withdrawn'`;

const published = 'c.deleted_at IS NULL AND c.published_version IS NOT NULL';

/** What narrows the list, as values from `$first` on; null leaves one out. */
const narrowed = (first: number): string => `
  ($${first}::text IS NULL OR $${first} = ANY (c.tags))
  AND ($${first + 1}::text IS NULL OR c.language = $${first + 1})
  AND ($${first + 2}::integer IS NULL OR c.estimated_minutes >= $${first + 2})
  AND ($${first + 3}::integer IS NULL OR c.estimated_minutes <= $${first + 3})
  AND CASE $${first + 4}::text
        WHEN 'new' THEN e.id IS NULL
        WHEN 'current' THEN e.status IN ('not_started', 'in_progress')
        WHEN 'completed' THEN e.status = 'completed'
        ELSE true
      END`;

const newest = `
  SELECT ${columns} FROM courses.courses c ${mine}
   WHERE ${published} AND (c.published_at, c.id) < ($2::timestamptz, $3::uuid) AND ${narrowed(5)}
   ORDER BY c.published_at DESC, c.id DESC
   LIMIT $4`;

// Beginnings of words as typed, or other forms of them in the course's language. Full-text operators are not leakproof,
// so under row-level security they filter the tenant's courses instead of using an index: cheap for thousands of them.
const matching = `
  SELECT ${columns}, c.rank
    FROM (SELECT m.*, (ts_rank(m.search, m.query) * 1000000)::integer AS rank
            FROM (SELECT k.*, to_tsquery('pg_catalog.simple', $2)
                           || plainto_tsquery(courses.text_config(k.language), $3) AS query
                    FROM courses.courses k) m
           WHERE m.search @@ m.query) c
    ${mine}
   WHERE ${published} AND (c.rank, c.id) < ($4::integer, $5::uuid) AND ${narrowed(7)}
   ORDER BY c.rank DESC, c.id DESC
   LIMIT $6`;

// Topics in common with what the learner has taken count first.
const recommended = `
  WITH own AS (
    SELECT k.id, k.tags FROM courses.enrolments o
      JOIN courses.courses k ON k.tenant_id = o.tenant_id AND k.id = o.course_id
     WHERE o.user_id = $1 AND o.status <> 'withdrawn'
  ), topics AS (SELECT DISTINCT unnest(tags) AS tag FROM own)
  SELECT ${columns} FROM courses.courses c ${mine}
   WHERE ${published} AND e.id IS NULL
   ORDER BY (SELECT count(*) FROM topics WHERE topics.tag = ANY (c.tags)) DESC, c.published_at DESC, c.id DESC
   LIMIT $2`;

const facets = `
  SELECT
    coalesce((SELECT jsonb_agg(t ORDER BY t.courses DESC, t.value) FROM (
      SELECT tag AS value, count(*)::integer AS courses FROM courses.courses c, unnest(c.tags) AS tag
       WHERE ${published} GROUP BY tag ORDER BY 2 DESC, 1 LIMIT 100) t), '[]') AS tags,
    coalesce((SELECT jsonb_agg(l ORDER BY l.courses DESC, l.value) FROM (
      SELECT c.language AS value, count(*)::integer AS courses FROM courses.courses c
       WHERE ${published} GROUP BY c.language) l), '[]') AS languages`;

const detail = `
  SELECT ${columns}, v.outline
    FROM courses.courses c
    JOIN courses.versions v
      ON v.tenant_id = c.tenant_id AND v.course_id = c.id AND v.number = c.published_version
    ${mine}
   WHERE ${published} AND c.id = $2`;

interface Row extends Omit<CatalogueCourse, 'publishedAt' | 'enrolment'> {
  readonly publishedAt: Date;
  readonly enrolmentId: string | null;
  readonly enrolmentStatus: EnrolmentStatus | null;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const datePlace = z.strictObject({ at: z.iso.datetime(), id: uuid() });
const rankPlace = z.strictObject({ rank: z.int(), id: uuid() });

/** What a learner may choose from. */
@Injectable()
export class Catalogue {
  constructor(private readonly database: TenantDatabase) {}

  async search(query: CatalogueQuery): Promise<Page<CatalogueCourse>> {
    return query.q === undefined ? this.newest(query) : this.matching(query, searchWords(query.q));
  }

  /** For who has taken everything it is empty. */
  async recommended(limit: number): Promise<Page<CatalogueCourse>> {
    const rows = await this.database.query<Row>(recommended, [learnerId(), limit]);
    return { items: rows.map(catalogueCourseOf), nextCursor: null };
  }

  async facets(): Promise<CatalogueFacets> {
    const [row] = await this.database.query<CatalogueFacets>(facets);
    return row ?? { tags: [], languages: [] };
  }

  async course(courseId: string): Promise<CatalogueDetail> {
    const [row] = await this.database.query<Row & { outline: Outline }>(detail, [learnerId(), courseId]);
    if (row === undefined) throw new CourseNotFound();
    const { outline, ...course } = row;
    return {
      ...catalogueCourseOf(course),
      modules: outline.map(({ title, lessons }) => ({
        title,
        lessons: lessons.map((lesson) => ({
          title: lesson.title,
          kind: lesson.kind,
          minutes: lesson.minutes,
        })),
      })),
    };
  }

  private async newest(query: CatalogueQuery): Promise<Page<CatalogueCourse>> {
    const { limit, cursor } = query;
    const start = { at: '9999-12-31T00:00:00.000Z', id: LAST_ID };
    const { at, id } = cursor === undefined ? start : decodeCursor(cursor, datePlace);
    const rows = await this.database.query<Row>(newest, [
      ...[learnerId(), at, id, limit + 1],
      ...narrowing(query),
    ]);
    return pageOf(rows, limit, ({ publishedAt, courseId }) => ({
      at: publishedAt.toISOString(),
      id: courseId,
    }));
  }

  private async matching(query: CatalogueQuery, words: readonly string[]): Promise<Page<CatalogueCourse>> {
    const { limit, cursor } = query;
    if (words.length === 0) return { items: [], nextCursor: null };
    const start = { rank: 2_147_483_647, id: LAST_ID };
    const { rank, id } = cursor === undefined ? start : decodeCursor(cursor, rankPlace);
    const beginnings = words.map((word) => `'${word}':*`).join(' & ');
    const values = [learnerId(), beginnings, words.join(' '), rank, id, limit + 1, ...narrowing(query)];
    const rows = await this.database.query<Row & { rank: number }>(matching, values);
    return pageOf(rows, limit, (row) => ({ rank: row.rank, id: row.courseId }));
  }
}

const narrowing = ({ tag, language, minMinutes, maxMinutes, state }: CatalogueQuery) => [
  ...[tag ?? null, language ?? null, minMinutes ?? null, maxMinutes ?? null, state ?? null],
];

/** Null for a key: it sees the catalogue and has no enrolment. */
function learnerId(): string | null {
  const { kind, id } = currentActor();
  return kind === 'user' ? id : null;
}

function pageOf<R extends Row>(
  rows: readonly R[],
  limit: number,
  placeOf: (row: R) => Record<string, unknown>,
): Page<CatalogueCourse> {
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(catalogueCourseOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null,
  };
}

function catalogueCourseOf(row: Row): CatalogueCourse {
  const { enrolmentId, enrolmentStatus } = row;
  return {
    ...{ courseId: row.courseId, title: row.title, summary: row.summary, language: row.language },
    ...{ coverUrl: row.coverUrl, estimatedMinutes: row.estimatedMinutes, tags: row.tags },
    ...{ certificate: row.certificate, lessons: row.lessons, version: row.version },
    publishedAt: row.publishedAt.toISOString(),
    enrolment:
      enrolmentId === null || enrolmentStatus === null ? null : { enrolmentId, status: enrolmentStatus },
  };
}
