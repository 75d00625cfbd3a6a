import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid } from '#libs/contracts';
import type { NotificationDetails, NotificationKind, NotificationPage } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import { requireUserId } from '#libs/tenancy';
import { z } from 'zod';

const page = `
  SELECT id, kind, details, created_at AS "createdAt", read_at AS "readAt"
    FROM auth.notifications
   WHERE user_id = $1 AND in_app AND id < $2 AND (NOT $3::boolean OR read_at IS NULL)
   ORDER BY id DESC
   LIMIT $4`;

const unread = `
  SELECT count(*)::integer AS unread
    FROM (SELECT FROM auth.notifications WHERE user_id = $1 AND in_app AND read_at IS NULL LIMIT 100) AS seen`;

const place = z.strictObject({ id: uuid() });
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

interface Row {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly details: NotificationDetails;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** The inbox of whoever asks. */
@Injectable()
export class Inbox {
  constructor(private readonly database: TenantDatabase) {}

  async page(limit: number, cursor: string | undefined, onlyUnread: boolean): Promise<NotificationPage> {
    const userId = requireUserId();
    const before = cursor === undefined ? LAST_ID : decodeCursor(cursor, place).id;
    const [rows, count] = await Promise.all([
      this.database.query<Row>(page, [userId, before, onlyUnread, limit + 1]),
      this.unread(),
    ]);
    const items = rows.slice(0, limit).map(({ details, createdAt, readAt, ...row }) => ({
      ...{ ...row, ...details },
      createdAt: createdAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : encodeCursor({ id: last.id }), unread: count };
  }

  async unread(): Promise<number> {
    const [row] = await this.database.query<{ unread: number }>(unread, [requireUserId()]);
    return row?.unread ?? 0;
  }
}
