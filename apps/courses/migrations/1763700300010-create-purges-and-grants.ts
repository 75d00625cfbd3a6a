import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE courses.courses ADD COLUMN purged_at timestamptz',

  // Deleted courses that wait for their end.
  `CREATE TABLE courses.purges (
     tenant_id uuid NOT NULL,
     course_id uuid NOT NULL,
     purge_after timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, course_id),
     FOREIGN KEY (tenant_id, course_id) REFERENCES courses.courses (tenant_id, id)
   )`,
  'CREATE INDEX purges_tenant_after_idx ON courses.purges (tenant_id, purge_after)',
  ...protectTable('courses.purges'),
  // The relay's role sees which tenants have something to do, and when; never what.
  'GRANT USAGE ON SCHEMA courses TO harka_relay',
  'CREATE POLICY relay_ids ON courses.purges FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT (tenant_id, course_id, purge_after) ON courses.purges TO harka_relay',

  // The application may not take a published lesson away; this does it for courses that are purged, and for no other.
  `CREATE FUNCTION courses.purge_lessons(purged uuid) RETURNS void
     LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
     BEGIN ATOMIC
       DELETE FROM courses.lessons AS l USING courses.courses AS c
        WHERE l.tenant_id = app.current_tenant() AND l.course_id = purged
          AND c.tenant_id = l.tenant_id AND c.id = l.course_id AND c.purged_at IS NOT NULL;
     END`,
  'REVOKE ALL ON FUNCTION courses.purge_lessons(uuid) FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION courses.purge_lessons(uuid) TO harka_app',

  `CREATE TABLE courses.attempt_grants (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     lesson_id uuid NOT NULL,
     attempts integer NOT NULL CHECK (attempts BETWEEN 1 AND 20),
     reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
     granted_by uuid,
     granted_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,
  'CREATE INDEX attempt_grants_tenant_lesson_idx ON courses.attempt_grants (tenant_id, enrolment_id, lesson_id)',
  ...protectTable('courses.attempt_grants', 'append'),

  `ALTER TABLE courses.certificates
     ADD COLUMN revoked_by uuid,
     ADD COLUMN revocation_reason text CHECK (char_length(revocation_reason) <= 1000)`,

  // Tenant by tenant, each entered: what is deleted already waits from its own day on.
  `DO $$
   DECLARE
     fence record;
   BEGIN
     FOR fence IN SELECT tenant_id, epoch FROM app.tenant_fence WHERE state = 'active' LOOP
       PERFORM app.enter_tenant(fence.tenant_id, fence.epoch);
       INSERT INTO courses.purges (tenant_id, course_id, purge_after)
       SELECT tenant_id, id, deleted_at + interval '30 days' FROM courses.courses WHERE deleted_at IS NOT NULL;
     END LOOP;
     PERFORM set_config('app.current_tenant', '', true);
   END $$`,
];

export class CreatePurgesAndGrants1763700300010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION courses.purge_lessons(uuid)');
    await runner.query('DROP TABLE courses.attempt_grants, courses.purges');
    await runner.query(
      'ALTER TABLE courses.certificates DROP COLUMN revoked_by, DROP COLUMN revocation_reason',
    );
    await runner.query('ALTER TABLE courses.courses DROP COLUMN purged_at');
  }
}
