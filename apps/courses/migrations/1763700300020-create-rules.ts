import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const people = [
  `ALTER TABLE courses.people
     ADD COLUMN department text,
     ADD COLUMN team text,
     ADD COLUMN locale text,
     ADD COLUMN manager_id uuid,
     ADD COLUMN joined_at timestamptz,
     -- Of the event that the row is as of: an older one changes nothing.
     ADD COLUMN position bigint NOT NULL DEFAULT 0`,
  'CREATE INDEX people_tenant_manager_idx ON courses.people (tenant_id, manager_id)',
  'CREATE INDEX people_tenant_name_idx ON courses.people (tenant_id, name, id)',

  // Tenant by tenant, each entered: the new columns are filled from the events that are there already.
  `DO $$
   DECLARE
     fence record;
   BEGIN
     FOR fence IN SELECT tenant_id, epoch FROM app.tenant_fence WHERE state = 'active' LOOP
       PERFORM app.enter_tenant(fence.tenant_id, fence.epoch);
       UPDATE events.checkpoints SET status = 'replaying', attempts = 0, failure = NULL
        WHERE tenant_id = fence.tenant_id AND id = 'courses.people';
     END LOOP;
     PERFORM set_config('app.current_tenant', '', true);
   END $$`,
];

const tables = [
  'ALTER TABLE courses.enrolments DROP CONSTRAINT enrolments_source_check',
  `ALTER TABLE courses.enrolments ADD CONSTRAINT enrolments_source_check
     CHECK (source IN ('self', 'assigned', 'csv', 'import', 'rule'))`,

  `CREATE TABLE courses.rules (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
     status text NOT NULL CHECK (status IN ('active', 'paused')),
     match text NOT NULL CHECK (match IN ('all', 'any')),
     conditions jsonb NOT NULL,
     due_kind text NOT NULL CHECK (due_kind IN ('none', 'date', 'after_assignment', 'after_joining')),
     due_at timestamptz,
     due_days integer CHECK (due_days > 0),
     reminders integer[] NOT NULL,
     escalate_after_days integer CHECK (escalate_after_days > 0),
     revision integer NOT NULL DEFAULT 1,
     created_by uuid,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     deleted_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     CHECK ((due_kind = 'date') = (due_at IS NOT NULL)),
     CHECK ((due_kind IN ('after_assignment', 'after_joining')) = (due_days IS NOT NULL))
   )`,
  `CREATE TABLE courses.rule_courses (
     tenant_id uuid NOT NULL,
     rule_id uuid NOT NULL,
     course_id uuid NOT NULL,
     position integer NOT NULL,
     PRIMARY KEY (tenant_id, rule_id, course_id),
     FOREIGN KEY (tenant_id, rule_id) REFERENCES courses.rules (tenant_id, id),
     FOREIGN KEY (tenant_id, course_id) REFERENCES courses.courses (tenant_id, id)
   )`,
  'CREATE INDEX rule_courses_tenant_course_idx ON courses.rule_courses (tenant_id, course_id)',

  // Whom a rule holds. A row stays when a manager takes the person out: a rule does not undo that.
  `CREATE TABLE courses.rule_assignments (
     tenant_id uuid NOT NULL,
     rule_id uuid NOT NULL,
     course_id uuid NOT NULL,
     user_id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     due_at timestamptz,
     assigned_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, rule_id, course_id, user_id),
     FOREIGN KEY (tenant_id, rule_id) REFERENCES courses.rules (tenant_id, id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,
  'CREATE INDEX rule_assignments_tenant_user_idx ON courses.rule_assignments (tenant_id, user_id)',
  'CREATE INDEX rule_assignments_tenant_enrolment_idx ON courses.rule_assignments (tenant_id, enrolment_id)',

  // Rules that are still to be gone through for everybody: the queue is fed from here until it is done.
  `CREATE TABLE courses.rule_work (
     tenant_id uuid NOT NULL,
     rule_id uuid NOT NULL,
     revision integer NOT NULL,
     not_before timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, rule_id),
     FOREIGN KEY (tenant_id, rule_id) REFERENCES courses.rules (tenant_id, id)
   )`,

  // One row an enrolment that is due and not completed: what was said about it and when to speak next.
  `CREATE TABLE courses.deadlines (
     tenant_id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     due_at timestamptz NOT NULL,
     reminders integer[] NOT NULL,
     escalate_after_days integer,
     next_at timestamptz,
     PRIMARY KEY (tenant_id, enrolment_id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,
  'CREATE INDEX deadlines_tenant_next_idx ON courses.deadlines (tenant_id, next_at) WHERE next_at IS NOT NULL',

  // The next of a deadline's steps after an instant. Steps are at eight in the morning, UTC, of their day.
  `CREATE FUNCTION courses.next_step(due timestamptz, reminders integer[], escalate integer, after timestamptz)
     RETURNS timestamptz LANGUAGE sql STABLE
     RETURN (SELECT min(step.at)
               FROM (SELECT (date_trunc('day', due AT TIME ZONE 'UTC') + make_interval(days => d, hours => 8))
                            AT TIME ZONE 'UTC' AS at
                       FROM unnest(array_append(reminders, escalate)) AS d WHERE d IS NOT NULL) AS step
              WHERE step.at > after)`,

  // For reports: they go over all enrolments of the tenant, and find what they count in the index.
  `CREATE INDEX enrolments_tenant_report_idx
     ON courses.enrolments (tenant_id, course_id, status) INCLUDE (user_id, due_at, enrolled_at)`,
  `CREATE INDEX enrolments_tenant_due_idx ON courses.enrolments (tenant_id, due_at, id)
     WHERE status IN ('not_started', 'in_progress')`,
  `CREATE INDEX enrolments_tenant_completed_idx ON courses.enrolments (tenant_id, completed_at)
     INCLUDE (course_id, user_id) WHERE status = 'completed'`,

  ...protectTable('courses.rules'),
  ...protectTable('courses.rule_courses'),
  ...protectTable('courses.rule_assignments'),
  ...protectTable('courses.rule_work'),
  ...protectTable('courses.deadlines'),

  // The relay's role sees which tenants have something to do, and when; never what.
  'GRANT USAGE ON SCHEMA courses TO harka_relay',
  ...['rule_work', 'deadlines'].map(
    (table) => `CREATE POLICY relay_ids ON courses.${table} FOR SELECT TO harka_relay USING (true)`,
  ),
  'GRANT SELECT (tenant_id, rule_id, not_before) ON courses.rule_work TO harka_relay',
  'GRANT SELECT (tenant_id, next_at) ON courses.deadlines TO harka_relay',
];

export class CreateRules1763700300020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...people, ...tables]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX courses.enrolments_tenant_report_idx, courses.enrolments_tenant_due_idx,
         courses.enrolments_tenant_completed_idx`,
    );
    await runner.query('DROP FUNCTION courses.next_step(timestamptz, integer[], integer, timestamptz)');
    await runner.query(
      'DROP TABLE courses.deadlines, courses.rule_work, courses.rule_assignments, courses.rule_courses, courses.rules',
    );
    await runner.query('DROP INDEX courses.people_tenant_manager_idx, courses.people_tenant_name_idx');
    await runner.query(
      `ALTER TABLE courses.people DROP COLUMN department, DROP COLUMN team, DROP COLUMN locale,
         DROP COLUMN manager_id, DROP COLUMN joined_at, DROP COLUMN position`,
    );
  }
}
