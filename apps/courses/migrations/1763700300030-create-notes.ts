import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE courses.notes (
     tenant_id uuid NOT NULL,
     enrolment_id uuid NOT NULL,
     lesson_id uuid NOT NULL,
     text text NOT NULL CHECK (char_length(text) <= 20000),
     version integer NOT NULL CHECK (version > 0),
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, enrolment_id, lesson_id),
     FOREIGN KEY (tenant_id, enrolment_id) REFERENCES courses.enrolments (tenant_id, id)
   )`,
  ...protectTable('courses.notes'),

  // Null for what was done before this was kept: the start of the course then stands in.
  'ALTER TABLE courses.enrolments ADD COLUMN last_active_at timestamptz',
];

export class CreateNotes1763700300030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE courses.enrolments DROP COLUMN last_active_at');
    await runner.query('DROP TABLE courses.notes');
  }
}
