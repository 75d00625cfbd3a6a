import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // One row a learner and course; who withdraws and comes back gets the same row, so that no progress is lost.
  // The counters are kept with each lesson, so that "my courses" needs no aggregate.
  `CREATE TABLE courses.enrolments (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     course_id uuid NOT NULL,
     version integer NOT NULL,
     user_id uuid NOT NULL,
     source text NOT NULL CHECK (source IN ('self', 'assigned', 'csv', 'import')),
     status text NOT NULL CHECK (status IN ('not_started', 'in_progress', 'completed', 'withdrawn')),
     lessons_total integer NOT NULL CHECK (lessons_total > 0),
     lessons_completed integer NOT NULL DEFAULT 0,
     next_lesson_id uuid,
     certificate_id uuid,
     due_at timestamptz,
     enrolled_at timestamptz NOT NULL,
     enrolled_by uuid,
     started_at timestamptz,
     completed_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, user_id, course_id),
     FOREIGN KEY (tenant_id, course_id, version) REFERENCES courses.versions (tenant_id, course_id, number),
     CHECK (lessons_completed BETWEEN 0 AND lessons_total),
     CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
     CHECK (status <> 'in_progress' OR started_at IS NOT NULL),
     CHECK (status <> 'not_started' OR started_at IS NULL)
   ) WITH (fillfactor = 80)`,
  'CREATE INDEX enrolments_tenant_user_idx ON courses.enrolments (tenant_id, user_id, id DESC)',
  'CREATE INDEX enrolments_tenant_course_idx ON courses.enrolments (tenant_id, course_id, id DESC)',

  // A lesson that was never opened has no row.
  `CREATE TABLE courses.lesson_progress (
     tenant_id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     lesson_id uuid NOT NULL,
     state text NOT NULL CHECK (state IN ('started', 'completed')),
     position_seconds integer NOT NULL DEFAULT 0 CHECK (position_seconds >= 0),
     started_at timestamptz NOT NULL,
     completed_at timestamptz,
     PRIMARY KEY (tenant_id, enrolment_id, lesson_id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id),
     CHECK ((state = 'completed') = (completed_at IS NOT NULL))
   ) WITH (fillfactor = 80)`,

  `CREATE TABLE courses.attempts (
     tenant_id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     lesson_id uuid NOT NULL,
     number integer NOT NULL CHECK (number > 0),
     answers jsonb NOT NULL,
     score integer NOT NULL CHECK (score BETWEEN 0 AND 100),
     passed boolean NOT NULL,
     submitted_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, enrolment_id, lesson_id, number),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,

  `CREATE TABLE courses.certificates (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     course_id uuid NOT NULL,
     version integer NOT NULL,
     user_id uuid NOT NULL,
     learner_name text NOT NULL CHECK (char_length(learner_name) > 0),
     course_title text NOT NULL,
     language text NOT NULL,
     issued_at timestamptz NOT NULL,
     revoked_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, enrolment_id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,
  'CREATE INDEX certificates_tenant_user_idx ON courses.certificates (tenant_id, user_id, issued_at DESC, id DESC)',

  ...protectTable('courses.enrolments'),
  ...protectTable('courses.lesson_progress'),
  ...protectTable('courses.attempts', 'append'),
  ...protectTable('courses.certificates'),
];

export class CreateLearning1763700300001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE courses.certificates, courses.attempts, courses.lesson_progress, courses.enrolments',
    );
  }
}
