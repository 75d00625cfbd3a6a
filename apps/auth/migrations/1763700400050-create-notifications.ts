import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // What people were told. An event tells a person once, however often it is heard.
  `CREATE TABLE auth.notifications (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     user_id uuid NOT NULL,
     event_id uuid NOT NULL,
     kind text NOT NULL,
     details jsonb NOT NULL,
     in_app boolean NOT NULL,
     created_at timestamptz NOT NULL,
     read_at timestamptz,
     -- When it is to be mailed; null when it was, or is not to be.
     mail_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     CONSTRAINT notifications_event_key UNIQUE (tenant_id, user_id, event_id),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,
  `CREATE INDEX notifications_tenant_inbox_idx ON auth.notifications (tenant_id, user_id, id DESC) WHERE in_app`,
  `CREATE INDEX notifications_tenant_unread_idx ON auth.notifications (tenant_id, user_id)
     WHERE in_app AND read_at IS NULL`,
  `CREATE INDEX notifications_tenant_mail_idx ON auth.notifications (tenant_id, mail_at) WHERE mail_at IS NOT NULL`,
  'CREATE INDEX notifications_tenant_created_idx ON auth.notifications (tenant_id, created_at)',

  `CREATE TABLE auth.notification_preferences (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     kind text NOT NULL,
     in_app boolean NOT NULL,
     email text NOT NULL CHECK (email IN ('now', 'daily', 'off')),
     PRIMARY KEY (tenant_id, user_id, kind),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,

  // Who is at a course, so that a new version of it can be told of. Kept from the events of courses.
  `CREATE TABLE auth.course_learners (
     tenant_id uuid NOT NULL,
     course_id uuid NOT NULL,
     user_id uuid NOT NULL,
     PRIMARY KEY (tenant_id, course_id, user_id)
   )`,

  ...protectTable('auth.notifications'),
  ...protectTable('auth.notification_preferences'),
  ...protectTable('auth.course_learners'),

  // The relay's role sees which tenants have something to mail, and when; never what.
  'GRANT USAGE ON SCHEMA auth TO harka_relay',
  'CREATE POLICY relay_ids ON auth.notifications FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT (tenant_id, mail_at) ON auth.notifications TO harka_relay',
];

export class CreateNotifications1763700400050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.course_learners, auth.notification_preferences, auth.notifications');
  }
}
