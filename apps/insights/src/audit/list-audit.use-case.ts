import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#libs/contracts';
import type { AuditPage } from '#libs/contracts/insights';
import { z } from 'zod';
import { AuditRepository, type AuditFilter } from './audit.repository.js';

const place = z.strictObject({ position: z.int().positive() });

@Injectable()
export class ListAudit {
  constructor(private readonly repository: AuditRepository) {}

  async execute(filter: AuditFilter, limit: number, cursor: string | undefined): Promise<AuditPage> {
    const before = cursor === undefined ? null : decodeCursor(cursor, place).position;
    const found = await this.repository.list(filter, limit + 1, before);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const hasMore = found.length > limit && last !== undefined;
    return { items, nextCursor: hasMore ? encodeCursor({ position: last.position }) : null };
  }
}
