import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import type { User as UserView, UserFilter, UserQuery, UserSort, UserSummary } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { viewOf, type User } from './user.js';
import { userColumns } from './user.pg-repository.js';

type Order = UserQuery['order'];

/** A search as the API takes it; what is left out is not asked for. */
export type UserSearch = UserFilter &
  Pick<UserQuery, 'limit' | 'cursor'> &
  Partial<Pick<UserQuery, 'sort' | 'order'>>;

const place = z.strictObject({
  by: z.string().max(30),
  at: z.tuple([
    z.union([
      z
        .string()
        .max(500)
        .regex(/^[^\0]*$/),
      z.number(),
    ]),
    z.uuid(),
  ]),
});

/** What people are sorted by; ids are made by time, so their order is that of creation. Who never signed in comes first. */
const sorts: Readonly<Record<UserSort, { readonly key: string; readonly type: string }>> = {
  name: { key: 'sort_name', type: 'text' },
  email: { key: 'email', type: 'text' },
  last_login: { key: 'coalesce(extract(epoch FROM last_login_at), 0)::float8', type: 'float8' },
  created: { key: 'id::text', type: 'text' },
};

const FILTER = `
       erased_at IS NULL
   AND
       ($1::text IS NULL OR sort_name LIKE $1 OR email LIKE $1)
   AND ($2::text IS NULL OR role = $2)
   AND ($3::text IS NULL OR status = $3)
   AND ($4::uuid IS NULL OR team_id = $4)
   AND ($5::text IS NULL OR department = $5)
   AND ($6::uuid IS NULL OR manager_id = $6)`;

const pageBy = (sort: UserSort, order: Order): string => {
  const { key, type } = sorts[sort];
  const [after, direction] = order === 'asc' ? ['>', 'ASC'] : ['<', 'DESC'];
  return `
  SELECT ${userColumns}, ${key} AS "sortKey" FROM auth.users
   WHERE ${FILTER}
     AND ($7::${type} IS NULL OR (${key}, id) ${after} ($7, $8::uuid))
   ORDER BY ${key} ${direction}, id ${direction}
   LIMIT $9`;
};

// Constants, so that each becomes one named statement.
const pages: Readonly<Record<`${UserSort} ${Order}`, string>> = {
  'name asc': pageBy('name', 'asc'),
  'name desc': pageBy('name', 'desc'),
  'email asc': pageBy('email', 'asc'),
  'email desc': pageBy('email', 'desc'),
  'last_login asc': pageBy('last_login', 'asc'),
  'last_login desc': pageBy('last_login', 'desc'),
  'created asc': pageBy('created', 'asc'),
  'created desc': pageBy('created', 'desc'),
};

const COUNT = `
  SELECT count(*)::integer AS total,
         count(*) FILTER (WHERE status = 'active')::integer AS active,
         count(*) FILTER (WHERE status = 'invited')::integer AS invited,
         count(*) FILTER (WHERE status = 'deactivated')::integer AS deactivated
    FROM auth.users WHERE ${FILTER}`;

const DEPARTMENTS = `
  SELECT department AS name, count(*)::integer AS people FROM auth.users
   WHERE department IS NOT NULL GROUP BY department ORDER BY people DESC, name LIMIT 500`;

/** The list of people, in the order that is asked for. */
@Injectable()
export class UserReadModel {
  constructor(private readonly database: TenantDatabase) {}

  async page({
    limit,
    cursor,
    sort = 'name',
    order = 'asc',
    ...filter
  }: UserSearch): Promise<Page<UserView>> {
    const by = `${sort} ${order}` as const;
    const after = cursor === undefined ? null : placeOf(cursor, by);
    const values = [...valuesOf(filter), after?.[0] ?? null, after?.[1] ?? null, limit + 1];
    const rows = await this.database.query<User & { sortKey: string | number }>(pages[by], values);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(viewOf),
      nextCursor: last === undefined ? null : encodeCursor({ by, at: [last.sortKey, last.id] }),
    };
  }

  async summary(filter: UserFilter): Promise<UserSummary> {
    interface Counts {
      readonly total: number;
      readonly active: number;
      readonly invited: number;
      readonly deactivated: number;
    }
    const [[counts], departments] = await Promise.all([
      this.database.query<Counts>(COUNT, valuesOf(filter)),
      this.database.query<UserSummary['departments'][number]>(DEPARTMENTS),
    ]);
    const { total = 0, active = 0, invited = 0, deactivated = 0 } = counts ?? {};
    return { total, byStatus: { active, invited, deactivated }, departments };
  }
}

/** A cursor of one order says nothing in another. @throws DomainError `request.cursor_invalid` */
function placeOf(cursor: string, by: `${UserSort} ${Order}`) {
  const ofThisOrder = place.refine((found) => found.by === by && typeof found.at[0] === typeOf(by));
  return decodeCursor(cursor, ofThisOrder).at;
}

function typeOf(by: `${UserSort} ${Order}`): 'number' | 'string' {
  return by.startsWith('last_login') ? 'number' : 'string';
}

function valuesOf({ q, role, status, team, department, manager }: UserFilter): readonly unknown[] {
  const pattern = q === undefined ? null : `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return [pattern, role ?? null, status ?? null, team ?? null, department ?? null, manager ?? null];
}
