import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { UsageDays, type UsageDay } from './usage-days.js';

const MEASURE = `
  INSERT INTO insights.usage_days (tenant_id, day, people, active_people, storage_bytes)
  SELECT app.current_tenant(), $2::date,
         (SELECT count(*) FROM insights.people WHERE status <> 'deactivated'),
         (SELECT count(*) FROM insights.activity a JOIN insights.people p ON p.tenant_id = a.tenant_id AND p.id = a.id
           WHERE a.last_active_on >= $1::date AND p.status <> 'deactivated'),
         (SELECT coalesce(sum(bytes), 0) FROM insights.files)
  ON CONFLICT (tenant_id, day) DO UPDATE
     SET people = excluded.people, active_people = excluded.active_people, storage_bytes = excluded.storage_bytes`;
const columns = `
  to_char(day, 'YYYY-MM-DD') AS day, people::float8 AS people, active_people::float8 AS "activePeople",
  storage_bytes::float8 AS "storageBytes"`;
const SINCE = `
  (SELECT ${columns} FROM insights.usage_days WHERE day < $1::date ORDER BY usage_days.day DESC LIMIT 1)
  UNION ALL
  (SELECT ${columns} FROM insights.usage_days WHERE day >= $1::date)`;

@Injectable()
export class PgUsageDays extends UsageDays {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async measure(activeSince: string, today: string): Promise<void> {
    await this.database.query(MEASURE, [activeSince, today]);
  }

  async since(from: string): Promise<readonly UsageDay[]> {
    return this.database.query<UsageDay>(SINCE, [from]);
  }
}
