import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid } from '#libs/contracts';
import type { CourseOutline, LessonState, MyCourse } from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import { requireUserId } from '#libs/tenancy';
import { z } from 'zod';
import type { Outline } from '../content/content.js';
import { EnrolmentNotFound } from '../enrolment/enrolment.errors.js';
import { enrolmentViewOf, type Enrolment } from '../enrolment/enrolment.js';
import { enrolmentColumns } from '../enrolment/enrolment.pg-repository.js';

/** The most read page of all: one statement, one index, and rows that are already the answer. */
export const myCoursesSql = `
  SELECT e.id AS "enrolmentId", e.course_id AS "courseId", c.title, c.summary, c.cover_url AS "coverUrl",
         e.status, e.lessons_completed::float8 / e.lessons_total AS progress,
         e.lessons_completed AS "lessonsCompleted", e.lessons_total AS "lessonsTotal",
         e.next_lesson_id AS "nextLessonId", e.certificate_id AS "certificateId", e.due_at AS "dueAt",
         e.source, c.estimated_minutes AS "estimatedMinutes", e.last_active_at AS "lastActiveAt",
         e.enrolled_at AS "enrolledAt", e.started_at AS "startedAt", e.completed_at AS "completedAt"
    FROM courses.enrolments e
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id
   WHERE e.user_id = $1 AND e.id < $2 AND e.status <> 'withdrawn' AND c.deleted_at IS NULL
   ORDER BY e.id DESC
   LIMIT $3`;

const outlineSql = `
  SELECT ${enrolmentColumns}, v.title, v.description ->> 'summary' AS summary,
         v.description ->> 'language' AS language, c.cover_url AS "coverUrl", v.outline,
         coalesce((SELECT jsonb_object_agg(p.lesson_id, p.state)
                     FROM courses.lesson_progress p
                    WHERE p.tenant_id = e.tenant_id AND p.enrolment_id = e.id), '{}') AS states
    FROM courses.enrolments e
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
    JOIN courses.versions v
      ON v.tenant_id = e.tenant_id AND v.course_id = e.course_id AND v.number = e.version
   WHERE e.id = $1 AND e.user_id = $2 AND e.status <> 'withdrawn'`;

const place = z.strictObject({ id: uuid() });
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Instants become text on their way out. */
type MyCourseRow = Omit<MyCourse, 'dueAt' | 'startedAt' | 'completedAt' | 'lastActiveAt' | 'enrolledAt'> &
  Record<'dueAt' | 'startedAt' | 'completedAt' | 'lastActiveAt', Date | null> & { readonly enrolledAt: Date };

export interface MyCourseRows {
  readonly items: MyCourseRow[];
  readonly nextCursor: string | null;
}

interface OutlineRow extends Enrolment {
  readonly title: string;
  readonly summary: string;
  readonly language: string;
  readonly coverUrl: string | null;
  readonly outline: Outline;
  readonly states: Readonly<Record<string, LessonState>>;
}

@Injectable()
export class MyCourses {
  constructor(private readonly database: TenantDatabase) {}

  /** Last enrolled first. */
  async list(limit: number, cursor: string | undefined): Promise<MyCourseRows> {
    const before = cursor === undefined ? LAST_ID : decodeCursor(cursor, place).id;
    const items = await this.database.query<MyCourseRow>(myCoursesSql, [requireUserId(), before, limit + 1]);
    if (items.length <= limit) return { items, nextCursor: null };
    items.pop();
    return { items, nextCursor: encodeCursor({ id: items[limit - 1]?.enrolmentId }) };
  }

  /** The version that the learner is on, with the state of each lesson. */
  async outline(enrolmentId: string): Promise<CourseOutline> {
    const [row] = await this.database.query<OutlineRow>(outlineSql, [enrolmentId, requireUserId()]);
    if (row === undefined) throw new EnrolmentNotFound();
    const { title, summary, language, coverUrl, outline, states } = row;
    return {
      ...enrolmentViewOf(row),
      title,
      summary,
      language,
      coverUrl,
      modules: outline.map((module) => ({
        ...module,
        lessons: module.lessons.map((lesson) => ({ ...lesson, state: states[lesson.id] ?? 'not_started' })),
      })),
    };
  }
}
