import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid, type Page } from '#libs/contracts';
import type { CourseFilter, CourseOrder, CourseVersion, ListedCourse } from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { authoredCourseOf } from './course-view.js';
import type { Course } from './course.js';
import { CourseNotFound } from './course.errors.js';

export interface AuthoredCourseQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  readonly status?: CourseFilter | undefined;
  readonly order?: CourseOrder | undefined;
}

// A pattern of '%' and a status of null let everything through.
const courses = `
  SELECT c.id, c.external_key AS "externalKey", d.title, d.revision,
         c.published_version AS "publishedVersion", c.published_revision AS "publishedRevision",
         c.published_at AS "publishedAt", c.created_at AS "createdAt", d.updated_at AS "updatedAt",
         c.deleted_at AS "deletedAt", courses.fold(d.title) AS folded, p.name AS "updatedByName",
         (SELECT coalesce(sum(jsonb_array_length(m -> 'lessons')), 0)::integer
            FROM jsonb_array_elements(d.content -> 'modules') AS m) AS lessons,
         (SELECT count(*)::integer FROM courses.enrolments e
           WHERE e.tenant_id = c.tenant_id AND e.course_id = c.id AND e.status <> 'withdrawn') AS learners
    FROM courses.drafts d
    JOIN courses.courses c ON c.tenant_id = d.tenant_id AND c.id = d.course_id
    LEFT JOIN courses.people p ON p.tenant_id = d.tenant_id AND p.id = d.updated_by
   WHERE courses.fold(d.title) LIKE courses.fold($3)
     AND CASE $4
           WHEN 'deleted' THEN c.deleted_at IS NOT NULL
           WHEN 'published' THEN c.deleted_at IS NULL AND c.published_version IS NOT NULL
           WHEN 'changed' THEN c.deleted_at IS NULL AND c.published_revision <> d.revision
           WHEN 'draft' THEN c.deleted_at IS NULL AND c.published_version IS NULL
           ELSE c.deleted_at IS NULL
         END`;

const listByChange = `${courses}
     AND (d.updated_at, d.course_id) < ($1::timestamptz, $2::uuid)
   ORDER BY d.updated_at DESC, d.course_id DESC
   LIMIT $5`;

const listByTitle = `${courses}
     AND (courses.fold(d.title), d.course_id) > ($1::text, $2::uuid)
   ORDER BY courses.fold(d.title), d.course_id
   LIMIT $5`;

const listVersions = `
  SELECT v.course_id AS "courseId", v.number, v.title, v.lessons, v.digest,
         v.published_at AS "publishedAt", v.published_by AS "publishedBy"
    FROM courses.courses c
    LEFT JOIN courses.versions v ON v.tenant_id = c.tenant_id AND v.course_id = c.id AND v.number < $2
   WHERE c.id = $1
   ORDER BY v.number DESC
   LIMIT $3`;

const changePlace = z.strictObject({ at: z.iso.datetime(), id: uuid() });
const titlePlace = z.strictObject({ title: z.string().max(1_000), id: uuid() });
const lastChange = { at: '9999-12-31T00:00:00.000Z', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const firstTitle = { title: '', id: '00000000-0000-0000-0000-000000000000' };
const versionPlace = z.strictObject({ number: z.int().positive() });

interface Row extends Course {
  readonly folded: string;
  readonly lessons: number;
  readonly learners: number;
  readonly updatedByName: string | null;
}

function changeOf(cursor: string | undefined): [at: string, id: string] {
  const { at, id } = cursor === undefined ? lastChange : decodeCursor(cursor, changePlace);
  return [at, id];
}

function titleOf(cursor: string | undefined): [title: string, id: string] {
  const { title, id } = cursor === undefined ? firstTitle : decodeCursor(cursor, titlePlace);
  return [title, id];
}

/** Lists for authors. */
@Injectable()
export class AuthoredCourses {
  constructor(private readonly database: TenantDatabase) {}

  async list({ limit, cursor, q, status, order }: AuthoredCourseQuery): Promise<Page<ListedCourse>> {
    const pattern = q === undefined ? '%' : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    const filter = [pattern, status ?? null, limit + 1];
    const byTitle = order === 'title';
    const rows = byTitle
      ? await this.database.query<Row>(listByTitle, [...titleOf(cursor), ...filter])
      : await this.database.query<Row>(listByChange, [...changeOf(cursor), ...filter]);
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map((row) => ({
        ...authoredCourseOf(row),
        ...{ lessons: row.lessons, learners: row.learners, updatedByName: row.updatedByName },
      })),
      nextCursor:
        rows.length > limit && last !== undefined
          ? encodeCursor(
              byTitle
                ? { title: last.folded, id: last.id }
                : { at: last.updatedAt.toISOString(), id: last.id },
            )
          : null,
    };
  }

  async versions(
    courseId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<CourseVersion>> {
    const before = cursor === undefined ? 2_147_483_647 : decodeCursor(cursor, versionPlace).number;
    const rows = await this.database.query<VersionRow>(listVersions, [courseId, before, limit + 1]);
    if (rows.length === 0) throw new CourseNotFound();
    const items = rows
      .filter((row): row is Version => row.number !== null)
      .map((version) => ({ ...version, publishedAt: version.publishedAt.toISOString() }));
    const last = items[limit - 1];
    return {
      items: items.slice(0, limit),
      nextCursor: items.length > limit && last !== undefined ? encodeCursor({ number: last.number }) : null,
    };
  }
}

type Version = Omit<CourseVersion, 'publishedAt'> & { readonly publishedAt: Date };
/** All null where the course has no version. */
type VersionRow = Version | Record<keyof Version, null>;
