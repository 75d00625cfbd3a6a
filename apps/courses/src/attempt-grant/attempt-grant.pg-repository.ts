import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { AttemptGrants, type AttemptGrant, type QuizStanding } from './attempt-grant.repository.js';

const quizzes = `
  SELECT l.id AS "lessonId", l.content ->> 'title' AS title, (l.content ->> 'attempts')::integer AS allowed,
         a.used, a.best_score AS "bestScore", a.passed,
         (SELECT coalesce(sum(g.attempts), 0)::integer FROM courses.attempt_grants g
           WHERE g.tenant_id = e.tenant_id AND g.enrolment_id = e.id AND g.lesson_id = l.id
             AND g.granted_at >= coalesce(e.renewed_at, '-infinity')) AS granted
    FROM courses.enrolments e
    JOIN courses.lessons l
      ON l.tenant_id = e.tenant_id AND l.course_id = e.course_id AND l.version = e.version AND l.kind = 'quiz'
   CROSS JOIN LATERAL (
      SELECT count(*)::integer AS used, max(t.score) AS best_score, coalesce(bool_or(t.passed), false) AS passed
        FROM courses.attempts t
       WHERE t.tenant_id = e.tenant_id AND t.enrolment_id = e.id AND t.lesson_id = l.id
         AND t.submitted_at >= coalesce(e.renewed_at, '-infinity')
   ) a
   WHERE e.id = $1
   ORDER BY l.position`;

const add = `
  INSERT INTO courses.attempt_grants (tenant_id, id, enrolment_id, lesson_id, attempts, reason, granted_by, granted_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)`;

@Injectable()
export class PgAttemptGrants extends AttemptGrants {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async quizzes(enrolmentId: string): Promise<QuizStanding[]> {
    return this.database.query<QuizStanding>(quizzes, [enrolmentId]);
  }

  async add(grant: AttemptGrant): Promise<void> {
    const { id, enrolmentId, lessonId, attempts, reason, grantedBy, grantedAt } = grant;
    await this.database.query(add, [id, enrolmentId, lessonId, attempts, reason, grantedBy, grantedAt]);
  }
}
