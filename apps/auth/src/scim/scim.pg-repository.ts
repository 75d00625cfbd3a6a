import { Injectable } from '@nestjs/common';
import { isUniqueViolation, TenantDatabase } from '#libs/sharding';
import type { Team } from '../team/team.js';
import { userColumns } from '../user/user.pg-repository.js';
import type { User } from '../user/user.js';
import type { Member, ScimGroup } from './scim-group.js';
import { ScimUniqueness } from './scim.errors.js';
import { ScimRepository, type Found, type Slice } from './scim.repository.js';
import type { Condition } from './scim-filter.sql.js';
import type { GroupRef, ScimProfile, ScimUser } from './scim-user.js';

const profileColumns = `
  s.user_name AS "userName", s.external_id AS "externalId", s.given_name AS "givenName", s.family_name AS "familyName",
  s.title, s.version AS "profileVersion", s.deleted_at AS "deletedAt"`;
const ofUser = userColumns
  .split(',')
  .map((column) => `u.${column.trim()}`)
  .join(', ');
const USERS = `auth.users u LEFT JOIN auth.scim_users s ON s.user_id = u.id`;
const GROUPS = `auth.teams t LEFT JOIN auth.scim_groups g ON g.team_id = t.id`;
const groupColumns = `
  t.id, t.name, t.version, t.created_at AS "createdAt", t.updated_at AS "updatedAt", g.external_id AS "externalId",
  g.version AS "groupVersion"`;
const PROFILE = `SELECT ${profileColumns} FROM auth.scim_users s WHERE s.user_id = $1`;
const BY_NAME = 'SELECT user_id AS id FROM auth.scim_users WHERE user_name_key = lower($1)';
const SAVE_PROFILE = `
  INSERT INTO auth.scim_users AS known (tenant_id, user_id, user_name, external_id, given_name, family_name, title, deleted_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (tenant_id, user_id) DO UPDATE SET
    user_name = excluded.user_name, external_id = excluded.external_id, given_name = excluded.given_name,
    family_name = excluded.family_name, title = excluded.title, deleted_at = excluded.deleted_at,
    version = known.version + 1`;
const TAKEN = `
  SELECT user_name_key AS name FROM auth.scim_users WHERE user_name_key = ANY ($1::text[])
   UNION
  SELECT email FROM auth.users WHERE email = ANY ($2::text[])`;
const ADD_USERS = `
  INSERT INTO auth.users (tenant_id, id, email, name, role, status, locale, department, team, team_id, version, created_at, updated_at)
  SELECT app.current_tenant(), id, email, name, role, status, locale, department, team, team_id, 1, $10, $10
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[])
      AS given (id, email, name, role, status, locale, department, team, team_id)
  ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING
  RETURNING id`;
const ADD_PROFILES = `
  INSERT INTO auth.scim_users (tenant_id, user_id, user_name, external_id, given_name, family_name, title)
  SELECT app.current_tenant(), * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])`;
const CHANGE_EMAIL = 'UPDATE auth.users SET email = $2 WHERE id = $1';
const GROUPS_OF = `
  SELECT m.user_id AS "userId", m.team_id AS "teamId", t.name
    FROM auth.scim_group_members m JOIN auth.teams t ON t.id = m.team_id
   WHERE m.user_id = ANY ($1::uuid[]) ORDER BY m.added_at, m.team_id`;
const SAVE_GROUP = `
  INSERT INTO auth.scim_groups AS known (tenant_id, team_id, external_id) VALUES (app.current_tenant(), $1, $2)
  ON CONFLICT (tenant_id, team_id) DO UPDATE SET external_id = excluded.external_id, version = known.version + 1`;
const MEMBERS_OF = `
  SELECT m.team_id AS "teamId", m.user_id AS "userId", u.name
    FROM auth.scim_group_members m
    JOIN auth.users u ON u.id = m.user_id
    LEFT JOIN auth.scim_users s ON s.user_id = u.id
   WHERE m.team_id = ANY ($1::uuid[]) AND s.deleted_at IS NULL ORDER BY m.team_id, m.user_id`;
const KNOWN = 'SELECT id FROM auth.users WHERE id = ANY ($1::uuid[])';
const ADD_MEMBERS = `
  INSERT INTO auth.scim_group_members (tenant_id, team_id, user_id, added_at)
  SELECT app.current_tenant(), $1, id, $3 FROM unnest($2::uuid[]) AS id
  ON CONFLICT DO NOTHING`;
const REMOVE_MEMBERS =
  'DELETE FROM auth.scim_group_members WHERE team_id = $1 AND user_id = ANY ($2::uuid[])';
// Whoever is of a team by hand and in no group stays there.
const SETTLE = `
  UPDATE auth.users u SET team = next.name, updated_at = $3, version = u.version + 1
    FROM (SELECT p.id, f.name, f.team_id
            FROM unnest($1::uuid[]) AS p (id)
            LEFT JOIN LATERAL (
              SELECT t.name, t.id AS team_id FROM auth.scim_group_members m JOIN auth.teams t ON t.id = m.team_id
               WHERE m.user_id = p.id ORDER BY m.added_at, m.team_id LIMIT 1) f ON true) next
   WHERE u.id = next.id AND u.team_id IS DISTINCT FROM next.team_id
     AND (next.team_id IS NOT NULL OR u.team_id = $2::uuid)
  RETURNING ${ofUser}`;
const COUNTS = `
  SELECT (SELECT count(*)::integer FROM auth.scim_users WHERE deleted_at IS NULL) AS users,
         (SELECT count(*)::integer FROM auth.scim_groups) AS groups`;

interface UserRow extends User, Omit<ScimProfile, 'version' | 'userName'> {
  readonly userName: string | null;
  readonly profileVersion: number | null;
}

interface GroupRow extends Team {
  readonly externalId: string | null;
  readonly groupVersion: number | null;
}

@Injectable()
export class PgScimRepository extends ScimRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async users(condition: Condition | null, slice: Slice): Promise<Found<ScimUser>> {
    const where = `s.deleted_at IS NULL${condition === null ? '' : ` AND ${condition.sql}`}`;
    const columns = `${ofUser}, ${profileColumns}`;
    const found = await this.page<UserRow>(USERS, columns, where, 'u.id', condition?.values ?? [], slice);
    return { ...found, items: found.items.map(userOf) };
  }

  async profileOf(userId: string): Promise<ScimProfile | null> {
    const [row] = await this.database.query<UserRow>(PROFILE, [userId]);
    return row === undefined ? null : userOf(row).profile;
  }

  async byUserName(userName: string): Promise<string | null> {
    return (await this.database.query<{ id: string }>(BY_NAME, [userName]))[0]?.id ?? null;
  }

  async saveProfile(userId: string, profile: ScimProfile): Promise<void> {
    const { userName, externalId, givenName, familyName, title, deletedAt } = profile;
    const values = [userId, userName, externalId, givenName, familyName, title, deletedAt];
    await orTaken('userName', this.database.query(SAVE_PROFILE, values));
  }

  async taken(userNames: readonly string[], emails: readonly string[]): Promise<readonly string[]> {
    const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());
    const rows = await this.database.query<{ name: string }>(TAKEN, [lower(userNames), lower(emails)]);
    return rows.map(({ name }) => name);
  }

  async addMany(people: readonly ScimUser[]): Promise<readonly string[]> {
    const users = people.map(({ user }) => user);
    const of = <K extends keyof User>(key: K) => users.map((user) => user[key]);
    const values = [
      of('id'),
      of('email'),
      of('name'),
      of('role'),
      of('status'),
      of('locale'),
      of('department'),
    ];
    const added = await this.database.query<{ id: string }>(ADD_USERS, [
      ...values,
      ...[of('team'), of('teamId'), users[0]?.createdAt],
    ]);
    const ids = new Set(added.map(({ id }) => id));
    const kept = people.flatMap(({ user, profile }) =>
      profile === null || !ids.has(user.id) ? [] : [{ id: user.id, ...profile }],
    );
    const from = <K extends keyof (typeof kept)[number]>(key: K) => kept.map((one) => one[key]);
    const columns = [from('id'), from('userName'), from('externalId'), from('givenName')];
    await orTaken(
      'userName',
      this.database.query(ADD_PROFILES, [...columns, from('familyName'), from('title')]),
    );
    return [...ids];
  }

  async changeEmail(userId: string, email: string): Promise<void> {
    await orTaken('e-mail address', this.database.query(CHANGE_EMAIL, [userId, email]));
  }

  async groupsOf(userIds: readonly string[]): Promise<readonly GroupRef[]> {
    return this.database.query<GroupRef>(GROUPS_OF, [userIds]);
  }

  async groups(condition: Condition | null, slice: Slice): Promise<Found<ScimGroup>> {
    const where = condition?.sql ?? 'true';
    const found = await this.page<GroupRow>(
      GROUPS,
      groupColumns,
      where,
      't.id',
      condition?.values ?? [],
      slice,
    );
    return { ...found, items: found.items.map(groupOf) };
  }

  async groupOf(team: Team): Promise<ScimGroup> {
    const statement = `SELECT ${groupColumns} FROM ${GROUPS} WHERE t.id = $1`;
    const [row] = await this.database.query<GroupRow>(statement, [team.id]);
    return row === undefined ? { team, group: null } : groupOf(row);
  }

  async saveGroup(teamId: string, externalId: string | null): Promise<void> {
    await this.database.query(SAVE_GROUP, [teamId, externalId]);
  }

  async membersOf(teamIds: readonly string[]): Promise<readonly Member[]> {
    return this.database.query<Member>(MEMBERS_OF, [teamIds]);
  }

  async known(userIds: readonly string[]): Promise<readonly string[]> {
    return (await this.database.query<{ id: string }>(KNOWN, [userIds])).map(({ id }) => id);
  }

  async addMembers(teamId: string, userIds: readonly string[], at: Date): Promise<void> {
    await this.database.query(ADD_MEMBERS, [teamId, userIds, at]);
  }

  async removeMembers(teamId: string, userIds: readonly string[]): Promise<void> {
    await this.database.query(REMOVE_MEMBERS, [teamId, userIds]);
  }

  async settleTeams(userIds: readonly string[], left: string, at: Date): Promise<readonly User[]> {
    return this.database.query<User>(SETTLE, [userIds, left, at]);
  }

  async counts(): Promise<{ readonly users: number; readonly groups: number }> {
    const [row] = await this.database.query<{ users: number; groups: number }>(COUNTS);
    return row ?? { users: 0, groups: 0 };
  }

  private async page<R extends object>(
    from: string,
    columns: string,
    where: string,
    order: string,
    values: readonly unknown[],
    { offset, limit }: Slice,
  ): Promise<Found<R>> {
    const count = `SELECT count(*)::integer AS total FROM ${from} WHERE ${where}`;
    const [counted] = await this.database.query<{ total: number }>(count, [...values]);
    const total = counted?.total ?? 0;
    if (total <= offset || limit === 0) return { total, items: [] };
    const place = `LIMIT $${values.length + 1} OFFSET $${values.length + 2}`;
    const items = await this.database.query<R>(
      `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} ${place}`,
      [...values, limit, offset],
    );
    return { total, items };
  }
}

function userOf({
  userName,
  externalId,
  givenName,
  familyName,
  title,
  profileVersion,
  deletedAt,
  ...user
}: UserRow): ScimUser {
  if (userName === null || profileVersion === null) return { user, profile: null };
  return {
    user,
    profile: { userName, externalId, givenName, familyName, title, version: profileVersion, deletedAt },
  };
}

function groupOf({ externalId, groupVersion, ...team }: GroupRow): ScimGroup {
  return { team, group: groupVersion === null ? null : { externalId, version: groupVersion } };
}

async function orTaken<R>(what: string, writing: Promise<R>): Promise<R> {
  try {
    return await writing;
  } catch (error) {
    if (isUniqueViolation(error)) throw new ScimUniqueness(`Somebody has this ${what} already.`);
    throw error;
  }
}
