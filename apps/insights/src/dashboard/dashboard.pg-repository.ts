import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { DashboardRepository, type DashboardNumbers } from './dashboard.repository.js';

const NUMBERS = `
  SELECT (SELECT count(*) FROM insights.people WHERE status <> 'deactivated')::float8 AS "totalUsers",
         (SELECT count(*) FROM insights.activity a JOIN insights.people p ON p.tenant_id = a.tenant_id AND p.id = a.id
           WHERE a.last_active_on >= $1::date AND p.status <> 'deactivated')::float8 AS "activeUsers",
         t.enrolments, t."coursesCompleted", t.progress,
         (SELECT coalesce(sum(bytes), 0) FROM insights.files)::float8 AS "storageBytes"
    FROM (SELECT coalesce(sum(enrolled), 0)::float8 AS enrolments,
                 coalesce(sum(completed), 0)::float8 AS "coursesCompleted",
                 coalesce(sum(progress), 0)::float8 / 10000 AS progress FROM insights.course_totals) AS t`;

@Injectable()
export class PgDashboardRepository extends DashboardRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async numbers(activeSince: string): Promise<DashboardNumbers> {
    const [numbers] = await this.database.query<DashboardNumbers>(NUMBERS, [activeSince]);
    if (numbers === undefined) throw new Error('A query of sums has always one row.');
    return numbers;
  }
}
