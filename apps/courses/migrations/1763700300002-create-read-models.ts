import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What other services own and this one needs to look up; kept from their events and rebuilt from them at any time. */
const statements = [
  `CREATE TABLE courses.people (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL,
     email text NOT NULL,
     role text NOT NULL,
     status text NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  // Not unique: an address may pass from one person to another between two events.
  'CREATE INDEX people_tenant_email_idx ON courses.people (tenant_id, email)',

  `CREATE TABLE courses.media_files (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL,
     content_type text NOT NULL,
     bytes bigint NOT NULL,
     sha256 text NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  'CREATE INDEX media_files_tenant_sha256_idx ON courses.media_files (tenant_id, sha256)',

  ...protectTable('courses.people'),
  ...protectTable('courses.media_files'),
];

export class CreateReadModels1763700300002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE courses.media_files, courses.people');
  }
}
