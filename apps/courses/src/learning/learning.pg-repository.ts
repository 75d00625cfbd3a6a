import { Injectable } from '@nestjs/common';
import type { Lesson, LessonState } from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import type { Enrolment } from '../enrolment/enrolment.js';
import { enrolmentColumns } from '../enrolment/enrolment.pg-repository.js';
import type { LessonProgress } from './lesson-progress.js';
import {
  LearningRepository,
  type Attempt,
  type AttemptCount,
  type OpenPlace,
  type Place,
  type Tally,
} from './learning.repository.js';

const ownAndOpen = `e.id = $1 AND e.user_id = $2 AND e.status <> 'withdrawn'`;

const lockEnrolment = `
  SELECT ${enrolmentColumns} FROM courses.enrolments e WHERE ${ownAndOpen} FOR UPDATE`;

// A statement of its own after the lock: only so does it see what the holder before has written.
const readPlace = `
  SELECT l.content AS lesson, v.title, v.description ->> 'language' AS language, v.certificate, p.state,
         p.position_seconds AS "positionSeconds", p.started_at AS "startedAt", p.completed_at AS "completedAt"
    FROM courses.lessons l
    JOIN courses.versions v
      ON v.tenant_id = l.tenant_id AND v.course_id = l.course_id AND v.number = l.version
    JOIN courses.courses c ON c.tenant_id = l.tenant_id AND c.id = l.course_id AND c.deleted_at IS NULL
    LEFT JOIN courses.lesson_progress p
      ON p.tenant_id = l.tenant_id AND p.enrolment_id = $1 AND p.lesson_id = l.id
   WHERE l.course_id = $2 AND l.version = $3 AND l.id = $4`;

const openPlace = `
  SELECT e.id AS "enrolmentId", e.course_id AS "courseId", l.content AS lesson,
         coalesce(p.state, 'not_started') AS state, coalesce(p.position_seconds, 0) AS "positionSeconds",
         (SELECT n.id FROM courses.lessons n
           WHERE n.tenant_id = l.tenant_id AND n.course_id = l.course_id AND n.version = l.version
             AND n.position = l.position - 1) AS "previousLessonId",
         (SELECT n.id FROM courses.lessons n
           WHERE n.tenant_id = l.tenant_id AND n.course_id = l.course_id AND n.version = l.version
             AND n.position = l.position + 1) AS "nextLessonId",
         a.used, a.best_score AS "bestScore", a.passed, a.last,
         (SELECT coalesce(sum(g.attempts), 0)::integer FROM courses.attempt_grants g
           WHERE g.tenant_id = e.tenant_id AND g.enrolment_id = e.id AND g.lesson_id = l.id
             AND g.granted_at >= coalesce(e.renewed_at, '-infinity')) AS granted
    FROM courses.enrolments e
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
    JOIN courses.lessons l
      ON l.tenant_id = e.tenant_id AND l.course_id = e.course_id AND l.version = e.version AND l.id = $3
    LEFT JOIN courses.lesson_progress p
      ON p.tenant_id = e.tenant_id AND p.enrolment_id = e.id AND p.lesson_id = l.id
   CROSS JOIN LATERAL (
      SELECT count(*)::integer AS used, max(t.score) AS best_score, coalesce(bool_or(t.passed), false) AS passed,
             (array_agg(jsonb_build_object('number', t.number, 'answers', t.answers, 'score', t.score,
                                           'passed', t.passed, 'submittedAt', t.submitted_at)
                        ORDER BY t.number DESC))[1] AS last
        FROM courses.attempts t
       WHERE t.tenant_id = e.tenant_id AND t.enrolment_id = e.id AND t.lesson_id = l.id
         AND t.submitted_at >= coalesce(e.renewed_at, '-infinity')
   ) a
   WHERE ${ownAndOpen}`;

// The enrolment's time of last activity is kept to the minute, so that a video does not write it every few seconds.
const saveProgress = `
  WITH active AS (
    UPDATE courses.enrolments SET last_active_at = now()
     WHERE id = $1 AND (last_active_at IS NULL OR last_active_at < now() - interval '1 minute')
  )
  INSERT INTO courses.lesson_progress AS p
         (tenant_id, enrolment_id, lesson_id, state, position_seconds, started_at, completed_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, enrolment_id, lesson_id) DO UPDATE
     SET state = excluded.state, position_seconds = excluded.position_seconds,
         completed_at = excluded.completed_at
   WHERE (p.state, p.position_seconds) IS DISTINCT FROM (excluded.state, excluded.position_seconds)`;

const tally = `
  SELECT count(*) FILTER (WHERE p.state = 'completed')::integer AS "lessonsCompleted",
         (array_agg(l.id ORDER BY l.position) FILTER (WHERE p.state IS DISTINCT FROM 'completed'))[1]
           AS "nextLessonId"
    FROM courses.lessons l
    LEFT JOIN courses.lesson_progress p
      ON p.tenant_id = l.tenant_id AND p.enrolment_id = $1 AND p.lesson_id = l.id
   WHERE l.course_id = $2 AND l.version = $3`;

const saveEnrolment = `
  UPDATE courses.enrolments
     SET status = $2, lessons_completed = $3, next_lesson_id = $4, certificate_id = $5, started_at = $6,
         completed_at = $7
   WHERE id = $1`;

// Those since the enrolment last began anew; their numbers go on.
const countAttempts = `
  SELECT (SELECT count(*)::integer FROM courses.attempts t
           WHERE t.enrolment_id = e.id AND t.lesson_id = $2
             AND t.submitted_at >= coalesce(e.renewed_at, '-infinity')) AS used,
         (SELECT coalesce(max(t.number), 0) FROM courses.attempts t
           WHERE t.enrolment_id = e.id AND t.lesson_id = $2) AS "lastNumber",
         (SELECT coalesce(sum(g.attempts), 0)::integer FROM courses.attempt_grants g
           WHERE g.enrolment_id = e.id AND g.lesson_id = $2
             AND g.granted_at >= coalesce(e.renewed_at, '-infinity')) AS granted
    FROM courses.enrolments e WHERE e.id = $1`;

const addAttempt = `
  INSERT INTO courses.attempts (tenant_id, enrolment_id, lesson_id, number, answers, score, passed, submitted_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4::jsonb, $5, $6, $7)`;

interface PlaceRow {
  readonly lesson: Lesson;
  readonly title: string;
  readonly language: string;
  readonly certificate: boolean;
  readonly state: LessonProgress['state'] | null;
  readonly positionSeconds: number;
  readonly startedAt: Date;
  readonly completedAt: Date | null;
}

interface OpenPlaceRow extends Omit<OpenPlace, 'attempts'> {
  readonly state: LessonState;
  readonly used: number;
  readonly granted: number;
  readonly bestScore: number | null;
  readonly passed: boolean;
  readonly last: (Omit<Attempt, 'submittedAt'> & { readonly submittedAt: string }) | null;
}

@Injectable()
export class PgLearningRepository extends LearningRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async hold(enrolmentId: string, userId: string, lessonId: string): Promise<Place | null> {
    const [enrolment] = await this.database.query<Enrolment>(lockEnrolment, [enrolmentId, userId]);
    if (enrolment === undefined) return null;
    const { courseId, version } = enrolment;
    const [row] = await this.database.query<PlaceRow>(readPlace, [enrolmentId, courseId, version, lessonId]);
    if (row === undefined) return null;
    const { lesson, title, language, certificate, state, ...rest } = row;
    return {
      enrolment,
      lesson,
      course: { title, language, certificate },
      progress: state === null ? null : { lessonId, state, ...rest },
    };
  }

  async open(enrolmentId: string, userId: string, lessonId: string): Promise<OpenPlace | null> {
    const [row] = await this.database.query<OpenPlaceRow>(openPlace, [enrolmentId, userId, lessonId]);
    if (row === undefined) return null;
    const { used, granted, bestScore, passed, last, ...place } = row;
    const lastAttempt = last === null ? null : { ...last, submittedAt: new Date(last.submittedAt) };
    return { ...place, attempts: { used, granted, bestScore, passed, last: lastAttempt } };
  }

  async saveProgress(enrolmentId: string, progress: LessonProgress): Promise<void> {
    const { lessonId, state, positionSeconds, startedAt, completedAt } = progress;
    await this.database.query(saveProgress, [
      ...[enrolmentId, lessonId, state, positionSeconds],
      ...[startedAt, completedAt],
    ]);
  }

  async tally({ id, courseId, version }: Enrolment): Promise<Tally> {
    const [row] = await this.database.query<Tally>(tally, [id, courseId, version]);
    return row ?? { lessonsCompleted: 0, nextLessonId: null };
  }

  async saveEnrolment(enrolment: Enrolment): Promise<void> {
    await this.database.query(saveEnrolment, [
      ...[enrolment.id, enrolment.status, enrolment.lessonsCompleted, enrolment.nextLessonId],
      ...[enrolment.certificateId, enrolment.startedAt, enrolment.completedAt],
    ]);
  }

  async attemptsCounted(enrolmentId: string, lessonId: string): Promise<AttemptCount> {
    const [row] = await this.database.query<AttemptCount>(countAttempts, [enrolmentId, lessonId]);
    return row ?? { used: 0, granted: 0, lastNumber: 0 };
  }

  async addAttempt(enrolmentId: string, lessonId: string, attempt: Attempt): Promise<void> {
    const { number, answers, score, passed, submittedAt } = attempt;
    await this.database.query(addAttempt, [
      ...[enrolmentId, lessonId, number, JSON.stringify(answers)],
      ...[score, passed, submittedAt],
    ]);
  }
}
