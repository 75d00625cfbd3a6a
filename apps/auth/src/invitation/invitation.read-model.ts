import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, type Role } from '#libs/contracts';
import type { Invitation as InvitationView } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { invitationView, type Invitation } from './invitation.js';

interface Row extends Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

const place = z.strictObject({ before: z.tuple([z.iso.datetime(), z.uuid()]) });

const PAGE = `
  SELECT i.id, i.user_id AS "userId", i.invited_by AS "invitedBy", i.created_at AS "createdAt",
         i.expires_at AS "expiresAt", u.email, u.name, u.role
    FROM auth.invitations i JOIN auth.users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
   WHERE $2::timestamptz IS NULL OR (i.created_at, i.id) < ($2, $3::uuid)
   ORDER BY i.created_at DESC, i.id DESC
   LIMIT $1`;

/** The list of open invitations, newest first; also of those whose link has run out, which can be sent again. */
@Injectable()
export class InvitationReadModel {
  constructor(private readonly database: TenantDatabase) {}

  async page({
    limit,
    cursor,
  }: {
    limit: number;
    cursor?: string | undefined;
  }): Promise<Page<InvitationView>> {
    const before = cursor === undefined ? null : decodeCursor(cursor, place).before;
    const rows = await this.database.query<Row>(PAGE, [limit + 1, before?.[0] ?? null, before?.[1] ?? null]);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(({ email, name, role, ...invitation }) =>
        invitationView(invitation, { email, name, role }),
      ),
      nextCursor:
        last === undefined ? null : encodeCursor({ before: [last.createdAt.toISOString(), last.id] }),
    };
  }
}
