import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { KnownPerson, Namesake } from './ldap-plan.js';
import { LdapPeopleRepository, type GroupTeam, type Linked } from './ldap-people.repository.js';

const person = 'u.id AS "userId", u.email, u.name, u.role, u.status, u.department, u.team';
const KNOWN = `
  SELECT i.subject, i.gone_at AS "goneAt", ${person}
    FROM auth.identities i JOIN auth.users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
   WHERE i.connection_id = $1 AND i.issuer = $2`;
const NAMESAKES = `
  SELECT ${person},
         EXISTS (SELECT FROM auth.identities i WHERE i.user_id = u.id AND i.connection_id = $1) AS "isLinked"
    FROM auth.users u
   WHERE u.email = ANY ($3::text[])
     AND NOT EXISTS (SELECT FROM auth.identities i WHERE i.user_id = u.id AND i.connection_id = $1 AND i.issuer = $2)`;
const VERIFIED = 'SELECT domain FROM auth.email_domains WHERE verified_at IS NOT NULL';
const LINK = `
  INSERT INTO auth.identities (tenant_id, connection_id, issuer, subject, user_id, created_at, last_used_at)
  SELECT app.current_tenant(), $1, $2, subject, user_id, $5, $5
    FROM unnest($3::text[], $4::uuid[]) AS given (subject, user_id)
  ON CONFLICT (tenant_id, connection_id, issuer, subject) DO NOTHING
  RETURNING user_id AS "userId"`;
const SET_GONE = `
  UPDATE auth.identities SET gone_at = $4
   WHERE connection_id = $1 AND issuer = $2 AND subject = ANY ($3::text[]) AND (gone_at IS NULL) = ($4::timestamptz IS NOT NULL)`;
const TEAMS = `
  SELECT g.team_id AS "teamId", t.name, g.external_id AS "externalId",
         array(SELECT m.user_id FROM auth.scim_group_members m WHERE m.team_id = g.team_id) AS members
    FROM auth.scim_groups g JOIN auth.teams t ON t.tenant_id = g.tenant_id AND t.id = g.team_id
   WHERE starts_with(g.external_id, $1)`;
const TEAM_OF_NAME = `
  SELECT t.id, g.external_id IS NOT NULL AS "isOfOther"
    FROM auth.teams t LEFT JOIN auth.scim_groups g ON g.team_id = t.id
   WHERE t.sort_name = lower($1)`;

@Injectable()
export class PgLdapPeopleRepository extends LdapPeopleRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async known(connectionId: string, issuer: string): Promise<readonly KnownPerson[]> {
    return this.database.query<KnownPerson>(KNOWN, [connectionId, issuer]);
  }

  async namesakes(connectionId: string, issuer: string, emails: readonly string[]) {
    return this.database.query<Namesake>(NAMESAKES, [connectionId, issuer, emails]);
  }

  async verifiedDomains(): Promise<readonly string[]> {
    return (await this.database.query<{ domain: string }>(VERIFIED)).map(({ domain }) => domain);
  }

  async link(connectionId: string, issuer: string, people: readonly Linked[], at: Date) {
    const [subjects, ids] = [people.map(({ subject }) => subject), people.map(({ userId }) => userId)];
    const values = [connectionId, issuer, subjects, ids, at];
    return (await this.database.query<{ userId: string }>(LINK, values)).map(({ userId }) => userId);
  }

  async setGone(connectionId: string, issuer: string, subjects: readonly string[], at: Date | null) {
    if (subjects.length > 0) await this.database.query(SET_GONE, [connectionId, issuer, subjects, at]);
  }

  async teams(prefix: string): Promise<readonly GroupTeam[]> {
    return this.database.query<GroupTeam>(TEAMS, [prefix]);
  }

  async teamOfName(name: string) {
    const [row] = await this.database.query<{ id: string; isOfOther: boolean }>(TEAM_OF_NAME, [name]);
    return row ?? null;
  }
}
