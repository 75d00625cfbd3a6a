import { Injectable } from '@nestjs/common';
import type { TenantPulse } from '#libs/contracts/tenants';
import { PgDirectory } from '../directory/directory.pg-repository.js';

const RECORD = `
  INSERT INTO directory.tenant_pulses
    (tenant_id, active_users, storage_bytes, last_active_at, health, issues, measured_at)
  SELECT p."tenantId", p."activeUsers", p."storageBytes", p."lastActiveAt", p.health, p.issues, p."measuredAt"
    FROM jsonb_to_recordset($1::jsonb) AS p ("tenantId" uuid, "activeUsers" int, "storageBytes" bigint,
         "lastActiveAt" timestamptz, health text, issues jsonb, "measuredAt" timestamptz)
    JOIN directory.tenants t ON t.id = p."tenantId"
  ON CONFLICT (tenant_id) DO UPDATE
     SET active_users = excluded.active_users, storage_bytes = excluded.storage_bytes,
         last_active_at = excluded.last_active_at, health = excluded.health, issues = excluded.issues,
         measured_at = excluded.measured_at
   WHERE tenant_pulses.measured_at <= excluded.measured_at`;

/** Keeps what insights measured, for lists that sort by it. No router reads it, so it takes no change number. */
@Injectable()
export class RecordPulses {
  constructor(private readonly directory: PgDirectory) {}

  async execute(pulses: readonly (TenantPulse & { readonly tenantId: string })[]): Promise<void> {
    await this.directory.query(RECORD, [JSON.stringify(pulses)]);
  }
}
