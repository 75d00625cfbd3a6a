import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE insights.people (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL,
     email text NOT NULL,
     status text NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  `CREATE TABLE insights.enrolments (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     course_id uuid NOT NULL,
     is_enrolled boolean NOT NULL,
     is_completed boolean NOT NULL,
     progress integer NOT NULL CHECK (progress BETWEEN 0 AND 10000),
     PRIMARY KEY (tenant_id, id)
   )`,
  // By course, so that the dashboard adds up courses and not enrolments. Progress is a sum of hundredths of a percent.
  `CREATE TABLE insights.course_totals (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     enrolled bigint NOT NULL,
     completed bigint NOT NULL,
     progress bigint NOT NULL,
     PRIMARY KEY (tenant_id, id)
   ) WITH (fillfactor = 50)`,
  `CREATE TABLE insights.files (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     bytes bigint NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  // The last day on which a user did anything that was an event.
  `CREATE TABLE insights.activity (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     last_active_on date NOT NULL,
     PRIMARY KEY (tenant_id, id)
   ) WITH (fillfactor = 80)`,
  'CREATE INDEX activity_last_active_on_idx ON insights.activity (tenant_id, last_active_on)',
  // The order of "C" is that of bytes, in which a beginning of a type is a range.
  `CREATE TABLE insights.audit_entries (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     position bigint NOT NULL,
     type text COLLATE "C" NOT NULL,
     subject text NOT NULL,
     actor_kind text NOT NULL,
     actor_id text,
     ip text,
     user_agent text,
     request_id text NOT NULL,
     occurred_at timestamptz NOT NULL,
     details jsonb NOT NULL,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, position)
   )`,
  'CREATE INDEX audit_entries_type_idx ON insights.audit_entries (tenant_id, type, position)',
  'CREATE INDEX audit_entries_actor_id_idx ON insights.audit_entries (tenant_id, actor_id, position)',
  'CREATE INDEX audit_entries_subject_idx ON insights.audit_entries (tenant_id, subject, position)',
  'CREATE INDEX audit_entries_occurred_at_idx ON insights.audit_entries (tenant_id, occurred_at)',
  // Two numbers a tenant, which the metrics of the platform are made of; not a read model of events.
  `CREATE TABLE insights.gauges (
     tenant_id uuid PRIMARY KEY,
     plan text NOT NULL,
     active_users bigint NOT NULL,
     storage_bytes bigint NOT NULL,
     measured_on date NOT NULL
   ) WITH (fillfactor = 50)`,
  ...['people', 'enrolments', 'course_totals', 'files', 'activity', 'audit_entries', 'gauges'].flatMap(
    (table) => protectTable(`insights.${table}`),
  ),
  // As in schema events: of all tenants the relay's role sees ids, and here the two numbers.
  'GRANT USAGE ON SCHEMA insights TO harka_relay',
  'CREATE POLICY relay_numbers ON insights.gauges FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT ON insights.gauges TO harka_relay',
];

export class CreateReadModels1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE insights.people, insights.enrolments, insights.course_totals, insights.files,
      insights.activity, insights.audit_entries, insights.gauges`);
  }
}
