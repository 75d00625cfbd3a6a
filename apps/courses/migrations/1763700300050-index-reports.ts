import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** For the reports over a whole academy. Narrow, and equal keys share a page: a million enrolments are a few megabytes. */
const indexes = [
  `CREATE INDEX enrolments_tenant_course_status_idx ON courses.enrolments (tenant_id, course_id, status)`,
  `CREATE INDEX enrolments_tenant_user_status_idx ON courses.enrolments (tenant_id, user_id, status)`,
  `CREATE INDEX enrolments_tenant_enrolled_idx ON courses.enrolments (tenant_id, enrolled_at) WHERE status <> 'withdrawn'`,
  `CREATE INDEX enrolments_tenant_late_idx ON courses.enrolments (tenant_id, due_at) INCLUDE (course_id, user_id)
     WHERE status IN ('not_started', 'in_progress')`,
];

export class IndexReports1763700300050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of indexes) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX courses.enrolments_tenant_course_status_idx, courses.enrolments_tenant_user_status_idx,
         courses.enrolments_tenant_enrolled_idx, courses.enrolments_tenant_late_idx`,
    );
  }
}
