import { protectTable } from '#libs/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyKeys1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table requests.idempotency_keys (
        tenant_id  uuid        not null,
        id         text        not null,
        request    text        not null,
        answer     jsonb,
        created_at timestamptz not null default now(),
        primary key (tenant_id, id)
      )`);
    await runner.query(
      'create index idempotency_keys_tenant_id_created_at_idx on requests.idempotency_keys (tenant_id, created_at)',
    );
    for (const statement of protectTable('requests.idempotency_keys')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table requests.idempotency_keys');
  }
}
