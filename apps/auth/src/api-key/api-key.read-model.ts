import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import type { ApiKey as ApiKeyView } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { apiKeyView, type ApiKey } from './api-key.js';
import { apiKeyColumns } from './api-key.pg-repository.js';

const place = z.strictObject({ before: z.uuid() });

// Ids are made by time, so their order is that of creation.
const PAGE = `
  SELECT ${apiKeyColumns},
         (SELECT u.name FROM auth.users u WHERE u.tenant_id = k.tenant_id AND u.id = k.created_by) AS "createdByName"
    FROM auth.api_keys k WHERE $2::uuid IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`;

/** The list of API keys, newest first. */
@Injectable()
export class ApiKeyReadModel {
  constructor(
    private readonly database: TenantDatabase,
    private readonly clock: Clock,
  ) {}

  async page({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<ApiKeyView>> {
    const before = cursor === undefined ? null : decodeCursor(cursor, place).before;
    const rows = await this.database.query<ApiKey & { createdByName: string | null }>(PAGE, [
      limit + 1,
      before,
    ]);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const now = this.clock.now();
    return {
      items: items.map((key) => apiKeyView(key, key.createdByName, now)),
      nextCursor: last === undefined ? null : encodeCursor({ before: last.id }),
    };
  }
}
