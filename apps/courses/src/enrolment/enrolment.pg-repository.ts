import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Enrolment } from './enrolment.js';
import { EnrolmentRepository, type EnrolmentRound } from './enrolment.repository.js';

/** Of `courses.enrolments e`. */
export const enrolmentColumns = `
  e.id, e.course_id AS "courseId", e.version, e.user_id AS "userId", e.source, e.status,
  e.lessons_total AS "lessonsTotal", e.lessons_completed AS "lessonsCompleted",
  e.next_lesson_id AS "nextLessonId", e.certificate_id AS "certificateId", e.due_at AS "dueAt",
  e.enrolled_at AS "enrolledAt", e.started_at AS "startedAt", e.completed_at AS "completedAt"`;

// Publishing updates this row too, so nobody comes in on a version that is just being replaced.
const holdOpenCourse = `
  SELECT id FROM courses.courses
   WHERE id = $1 AND deleted_at IS NULL AND published_version IS NOT NULL FOR SHARE`;

const titleOf = 'SELECT title FROM courses.courses WHERE id = $1';

const courseIdsByKey = `
  SELECT external_key AS key, id FROM courses.courses
   WHERE external_key = ANY ($1::text[]) AND deleted_at IS NULL AND published_version IS NOT NULL`;

const enrol = `
  INSERT INTO courses.enrolments AS e
         (tenant_id, id, course_id, version, user_id, source, status, lessons_total, next_lesson_id,
          due_at, enrolled_at, enrolled_by)
  SELECT app.current_tenant(), given.id, $1, v.number, given.user_id, $5, 'not_started', v.lessons,
         v.first_lesson_id, given.due_at, $6, $7
    FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) AS given (id, user_id, due_at)
   CROSS JOIN courses.courses c
    JOIN courses.versions v
      ON v.tenant_id = c.tenant_id AND v.course_id = c.id AND v.number = c.published_version
   WHERE c.id = $1
  ON CONFLICT (tenant_id, user_id, course_id) DO UPDATE
     SET status = CASE WHEN e.started_at IS NULL THEN 'not_started' ELSE 'in_progress' END,
         version = CASE WHEN e.started_at IS NULL THEN excluded.version ELSE e.version END,
         lessons_total = CASE WHEN e.started_at IS NULL THEN excluded.lessons_total ELSE e.lessons_total END,
         next_lesson_id =
           CASE WHEN e.started_at IS NULL THEN excluded.next_lesson_id ELSE e.next_lesson_id END,
         source = excluded.source, due_at = excluded.due_at, enrolled_at = excluded.enrolled_at,
         enrolled_by = excluded.enrolled_by
   WHERE e.status = 'withdrawn'
  RETURNING ${enrolmentColumns}`;

const ofLearners = `
  SELECT ${enrolmentColumns} FROM courses.enrolments e
   WHERE e.user_id = ANY ($2::uuid[]) AND e.course_id = $1 AND e.status <> 'withdrawn'`;

const reschedule = `
  UPDATE courses.enrolments e SET due_at = due.at
    FROM unnest($2::uuid[], $3::timestamptz[]) AS due (user_id, at)
   WHERE e.course_id = $1 AND e.user_id = due.user_id AND e.status IN ('not_started', 'in_progress')
     AND e.due_at IS DISTINCT FROM due.at
  RETURNING ${enrolmentColumns}`;

const lock = `SELECT ${enrolmentColumns} FROM courses.enrolments e WHERE e.id = $1 FOR UPDATE`;

const withdraw = `UPDATE courses.enrolments SET status = 'withdrawn' WHERE id = $1`;

@Injectable()
export class PgEnrolmentRepository extends EnrolmentRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async holdOpenCourse(courseId: string): Promise<boolean> {
    return (await this.database.query(holdOpenCourse, [courseId])).length > 0;
  }

  async titleOf(courseId: string): Promise<string> {
    const [course] = await this.database.query<{ title: string }>(titleOf, [courseId]);
    return course?.title ?? '';
  }

  async courseIdsByKey(externalKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ key: string; id: string }>(courseIdsByKey, [externalKeys]);
    return new Map(rows.map(({ key, id }) => [key, id]));
  }

  async enrol({ courseId, learners, ...round }: EnrolmentRound): Promise<Enrolment[]> {
    return this.database.query<Enrolment>(enrol, [
      courseId,
      learners.map(({ id }) => id),
      learners.map(({ userId }) => userId),
      learners.map(({ dueAt }) => dueAt),
      round.source,
      round.enrolledAt,
      round.enrolledBy,
    ]);
  }

  async ofLearners(courseId: string, userIds: readonly string[]): Promise<Enrolment[]> {
    return this.database.query<Enrolment>(ofLearners, [courseId, userIds]);
  }

  async reschedule(courseId: string, due: ReadonlyMap<string, Date>): Promise<Enrolment[]> {
    return this.database.query<Enrolment>(reschedule, [courseId, [...due.keys()], [...due.values()]]);
  }

  async lock(enrolmentId: string): Promise<Enrolment | null> {
    const [enrolment] = await this.database.query<Enrolment>(lock, [enrolmentId]);
    return enrolment ?? null;
  }

  async withdraw(enrolmentId: string): Promise<void> {
    await this.database.query(withdraw, [enrolmentId]);
  }
}
