import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, type Role } from '#libs/contracts';
import type { User as UserView, UserStatus } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { viewOf, type User } from './user.js';
import { userColumns } from './user.pg-repository.js';

export interface UserSearch {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  readonly role?: Role | undefined;
  readonly status?: UserStatus | undefined;
}

const place = z.strictObject({
  at: z.tuple([
    z
      .string()
      .max(500)
      .regex(/^[^\0]*$/),
    z.uuid(),
  ]),
});

const PAGE = `
  SELECT ${userColumns}, sort_name AS "sortName" FROM auth.users
   WHERE ($2::text IS NULL OR sort_name LIKE $2 OR email LIKE $2)
     AND ($3::text IS NULL OR role = $3)
     AND ($4::text IS NULL OR status = $4)
     AND ($5::text IS NULL OR (sort_name, id) > ($5, $6::uuid))
   ORDER BY sort_name, id
   LIMIT $1`;

/** The list of people, by name. */
@Injectable()
export class UserReadModel {
  constructor(private readonly database: TenantDatabase) {}

  async page({ limit, cursor, q, role, status }: UserSearch): Promise<Page<UserView>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, place).at;
    const pattern = q === undefined ? null : `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    const values = [limit + 1, pattern, role ?? null, status ?? null, after?.[0] ?? null, after?.[1] ?? null];
    const rows = await this.database.query<User & { sortName: string }>(PAGE, values);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(viewOf),
      nextCursor: last === undefined ? null : encodeCursor({ at: [last.sortName, last.id] }),
    };
  }
}
