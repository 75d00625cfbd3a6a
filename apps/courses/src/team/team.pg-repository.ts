import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { TeamRepository } from './team.repository.js';

// A name becomes an id only when all who have that name are known to be in that team: nobody is to fall out by it.
const idsOf = `
  SELECT given.value AS given, coalesce(by_id.id::text, by_name.id::text, named.team) AS id
    FROM (SELECT DISTINCT value FROM unnest($1::text[]) AS value) AS given
    LEFT JOIN courses.teams by_id ON by_id.id::text = given.value
    LEFT JOIN LATERAL (
      SELECT t.id FROM courses.teams t
       WHERE t.name = given.value
         AND NOT EXISTS (SELECT FROM courses.people p
                          WHERE p.tenant_id = t.tenant_id AND p.team = t.name
                            AND NOT EXISTS (SELECT FROM courses.team_members m
                                             WHERE m.tenant_id = p.tenant_id AND m.user_id = p.id AND m.team_id = t.id))
       LIMIT 1
    ) AS by_name ON true
    LEFT JOIN LATERAL (SELECT p.team FROM courses.people p WHERE p.team = given.value LIMIT 1) AS named ON true
   WHERE coalesce(by_id.id::text, by_name.id::text, named.team) IS NOT NULL`;

@Injectable()
export class PgTeamRepository extends TeamRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async idsOf(given: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ given: string; id: string }>(idsOf, [given]);
    return new Map(rows.map((row) => [row.given, row.id]));
  }
}
