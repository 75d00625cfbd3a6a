import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const objects = `
  CREATE TABLE media.objects (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    content_type text NOT NULL CHECK (char_length(content_type) BETWEEN 1 AND 100),
    bytes bigint NOT NULL CHECK (bytes > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    uploaded_by uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
  )`;

export class CreateObjects1763700500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(objects);
    for (const statement of protectTable('media.objects')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE media.objects');
  }
}
