import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE auth.sessions DROP CONSTRAINT IF EXISTS sessions_method_check',
  // The form alone: which methods there are is the code's to say, and it gains some.
  `ALTER TABLE auth.sessions ADD CONSTRAINT sessions_method_form CHECK (method ~ '^[a-z_]{2,30}$')`,

  // What is to be known of a session in which an operator acts as the person. It goes with its session.
  `CREATE TABLE auth.acting_sessions (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     operator_id text NOT NULL,
     operator_name text NOT NULL,
     reason text NOT NULL CHECK (char_length(reason) BETWEEN 3 AND 500),
     return_to text NOT NULL,
     PRIMARY KEY (tenant_id, id),
     FOREIGN KEY (tenant_id, id) REFERENCES auth.sessions (tenant_id, id) ON DELETE CASCADE
   )`,
  ...protectTable('auth.acting_sessions'),
];

export class CreateActingSessions1763700400200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.acting_sessions');
  }
}
