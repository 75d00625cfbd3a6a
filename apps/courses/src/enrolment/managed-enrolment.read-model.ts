import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid, type Page } from '#libs/contracts';
import type { EnrolmentStatus, ManagedEnrolment } from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { CourseNotFound } from '../course/course.errors.js';
import { enrolmentViewOf, type Enrolment } from './enrolment.js';
import { enrolmentColumns } from './enrolment.pg-repository.js';

export interface ManagedEnrolmentQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly status?: EnrolmentStatus | undefined;
  /** Part of the learner's name or e-mail address. */
  readonly q?: string | undefined;
}

const findCourse = 'SELECT id FROM courses.courses WHERE id = $1';

const listEnrolments = `
  SELECT ${enrolmentColumns}, p.name, p.email
    FROM courses.enrolments e
    LEFT JOIN courses.people p ON p.tenant_id = e.tenant_id AND p.id = e.user_id
   WHERE e.course_id = $1 AND e.id < $2 AND ($3::text IS NULL OR e.status = $3)
     AND ($4::text IS NULL OR courses.fold(p.name) LIKE courses.fold($4) OR p.email LIKE lower($4))
   ORDER BY e.id DESC
   LIMIT $5`;

const place = z.strictObject({ id: uuid() });
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Who is in a course, for its managers. */
@Injectable()
export class ManagedEnrolments {
  constructor(private readonly database: TenantDatabase) {}

  async list(courseId: string, query: ManagedEnrolmentQuery): Promise<Page<ManagedEnrolment>> {
    const { limit, cursor, status, q } = query;
    const [course] = await this.database.query(findCourse, [courseId]);
    if (course === undefined) throw new CourseNotFound();
    const rows = await this.database.query<Enrolment & { name: string | null; email: string | null }>(
      listEnrolments,
      [
        courseId,
        cursor === undefined ? LAST_ID : decodeCursor(cursor, place).id,
        status ?? null,
        q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`,
        limit + 1,
      ],
    );
    const items = rows.slice(0, limit).map((row) => ({
      ...enrolmentViewOf(row),
      learner: row.name === null || row.email === null ? null : { name: row.name, email: row.email },
    }));
    const last = items.at(-1);
    return {
      items,
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ id: last.enrolmentId }) : null,
    };
  }
}
