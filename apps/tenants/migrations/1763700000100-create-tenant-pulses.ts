import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // How tenants are, as insights measured them: what the operator's lists show and sort by.
  `CREATE TABLE directory.tenant_pulses (
     tenant_id uuid PRIMARY KEY REFERENCES directory.tenants (id),
     active_users integer NOT NULL CHECK (active_users >= 0),
     storage_bytes bigint NOT NULL CHECK (storage_bytes >= 0),
     last_active_at timestamptz,
     health text NOT NULL CHECK (health IN ('healthy', 'warning', 'critical')),
     issues jsonb NOT NULL,
     measured_at timestamptz NOT NULL
   ) WITH (fillfactor = 70)`,
  'GRANT SELECT, INSERT, UPDATE ON directory.tenant_pulses TO harka_control',
];

export class CreateTenantPulses1763700000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE directory.tenant_pulses');
  }
}
