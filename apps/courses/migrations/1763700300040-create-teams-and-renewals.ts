import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const teams = [
  // Names of teams by their ids; kept from the events of another service and rebuilt from them at any time.
  `CREATE TABLE courses.teams (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  // Who is in which; null: in none. A table of its own, since the release before this one writes `courses.people`.
  `CREATE TABLE courses.team_members (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     team_id uuid,
     -- Of the event that the row is as of: an older one changes nothing.
     position bigint NOT NULL,
     PRIMARY KEY (tenant_id, user_id)
   )`,
  'CREATE INDEX team_members_tenant_team_idx ON courses.team_members (tenant_id, team_id)',
  ...protectTable('courses.teams'),
  ...protectTable('courses.team_members'),

  // Rules name teams by id from now on. A name still holds whoever is in the team that has it, so that the release before
  // this one goes on; when that is gone, each rule is gone through once, and its names become ids.
  `DO $$
   DECLARE
     fence record;
   BEGIN
     FOR fence IN SELECT tenant_id, epoch FROM app.tenant_fence WHERE state = 'active' LOOP
       PERFORM app.enter_tenant(fence.tenant_id, fence.epoch);
       INSERT INTO courses.rule_work (tenant_id, rule_id, revision, not_before)
       SELECT r.tenant_id, r.id, r.revision, now() + interval '10 minutes' FROM courses.rules r
        WHERE r.deleted_at IS NULL AND r.conditions @> '[{"attribute": "team"}]'
       ON CONFLICT (tenant_id, rule_id) DO NOTHING;
     END LOOP;
     PERFORM set_config('app.current_tenant', '', true);
   END $$`,
];

const renewals = [
  `ALTER TABLE courses.rules
     ADD COLUMN renew_after_months integer CHECK (renew_after_months > 0),
     ADD COLUMN renew_notice_days integer CHECK (renew_notice_days > 0),
     ADD CONSTRAINT rules_renewal_check CHECK ((renew_after_months IS NULL) = (renew_notice_days IS NULL))`,

  // When it last began anew: tries of before do not count.
  'ALTER TABLE courses.enrolments ADD COLUMN renewed_at timestamptz',

  // What was completed before the enrolment began anew.
  `CREATE TABLE courses.completions (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     course_id uuid NOT NULL,
     user_id uuid NOT NULL,
     version integer NOT NULL,
     source text NOT NULL,
     certificate_id uuid,
     enrolled_at timestamptz NOT NULL,
     started_at timestamptz,
     completed_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     renewed_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,
  'CREATE INDEX completions_tenant_enrolment_idx ON courses.completions (tenant_id, enrolment_id)',
  'CREATE INDEX completions_tenant_completed_idx ON courses.completions (tenant_id, completed_at)',
  ...protectTable('courses.completions', 'append'),

  // One row a completion that ends: when, and when the course is to be assigned anew (null: not while the rule rests).
  `CREATE TABLE courses.renewals (
     tenant_id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     expires_at timestamptz NOT NULL,
     notice_days integer NOT NULL,
     notice_at timestamptz,
     PRIMARY KEY (tenant_id, enrolment_id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,
  'CREATE INDEX renewals_tenant_notice_idx ON courses.renewals (tenant_id, notice_at) WHERE notice_at IS NOT NULL',
  ...protectTable('courses.renewals'),
  // The relay's role sees which tenants have something to do, and when; never what.
  'CREATE POLICY relay_ids ON courses.renewals FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT (tenant_id, notice_at) ON courses.renewals TO harka_relay',

  // The end of the day, in UTC, on which something completed so many months ago ends.
  `CREATE FUNCTION courses.expiry(completed timestamptz, months integer)
     RETURNS timestamptz LANGUAGE sql STABLE
     RETURN (date_trunc('day', completed AT TIME ZONE 'UTC' + make_interval(months => months))
             + interval '1 day' - interval '1 second') AT TIME ZONE 'UTC'`,

  // An enrolment has a certificate each time that it is completed.
  'ALTER TABLE courses.certificates DROP CONSTRAINT certificates_tenant_id_enrolment_id_key',
  'ALTER TABLE courses.certificates ADD COLUMN expires_at timestamptz',
  'CREATE INDEX certificates_tenant_enrolment_idx ON courses.certificates (tenant_id, enrolment_id)',
];

export class CreateTeamsAndRenewals1763700300040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...teams, ...renewals]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX courses.certificates_tenant_enrolment_idx');
    await runner.query(
      `ALTER TABLE courses.certificates DROP COLUMN expires_at,
         ADD CONSTRAINT certificates_tenant_id_enrolment_id_key UNIQUE (tenant_id, enrolment_id)`,
    );
    await runner.query('DROP FUNCTION courses.expiry(timestamptz, integer)');
    await runner.query('DROP TABLE courses.renewals, courses.completions');
    await runner.query('ALTER TABLE courses.enrolments DROP COLUMN renewed_at');
    await runner.query(
      'ALTER TABLE courses.rules DROP COLUMN renew_after_months, DROP COLUMN renew_notice_days',
    );
    await runner.query('DROP TABLE courses.team_members, courses.teams');
  }
}
