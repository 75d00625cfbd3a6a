import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // Files that come in parts. A finished one stays until it expires, so that whoever missed the answer learns of the file.
  `CREATE TABLE media.uploads (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
     bytes bigint NOT NULL CHECK (bytes > 0),
     received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND bytes),
     parts integer NOT NULL DEFAULT 0 CHECK (parts >= 0),
     owner text NOT NULL,
     uploaded_by uuid,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     media_id uuid,
     PRIMARY KEY (tenant_id, id),
     CHECK (media_id IS NULL OR received = bytes)
   )`,
  'CREATE INDEX uploads_tenant_owner_idx ON media.uploads (tenant_id, owner, id DESC)',

  // What has arrived, each part a run of bytes: two senders of the same bytes meet at the primary key.
  `CREATE TABLE media.upload_parts (
     tenant_id uuid NOT NULL,
     upload_id uuid NOT NULL,
     first_byte bigint NOT NULL CHECK (first_byte >= 0),
     bytes bigint NOT NULL CHECK (bytes > 0),
     part uuid NOT NULL,
     PRIMARY KEY (tenant_id, upload_id, first_byte),
     FOREIGN KEY (tenant_id, upload_id) REFERENCES media.uploads (tenant_id, id)
   )`,

  ...protectTable('media.uploads'),
  ...protectTable('media.upload_parts'),
];

export class CreateUploads1763700500001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE media.upload_parts, media.uploads');
  }
}
