import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** For the reports of a span of time: all that they count, in the order of the days of enrolment. */
export class IndexReportsByDate1763700300210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX enrolments_tenant_span_idx ON courses.enrolments (tenant_id, enrolled_at)
         INCLUDE (course_id, user_id, status, due_at) WHERE status <> 'withdrawn'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX courses.enrolments_tenant_span_idx`);
  }
}
