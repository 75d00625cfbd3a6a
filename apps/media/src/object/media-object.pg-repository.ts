import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import type { StoredObject } from './media-object.js';
import { MediaObjectRepository, type PageRequest } from './media-object.repository.js';

const columns = `id, name, content_type AS "contentType", bytes::float8 AS bytes, sha256,
  uploaded_by AS "uploadedBy", created_at AS "createdAt"`;

const insert = `
  INSERT INTO media.objects (tenant_id, id, name, content_type, bytes, sha256, uploaded_by, created_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)`;
const find = `SELECT ${columns} FROM media.objects WHERE id = $1`;
// Ids are UUIDs of version 7: their order is the order of creation.
const list = `
  SELECT ${columns} FROM media.objects
   WHERE id < $1 AND lower(name) LIKE lower($3)
     AND CASE $4
           WHEN 'image' THEN content_type LIKE 'image/%'
           WHEN 'video' THEN content_type LIKE 'video/%'
           WHEN 'audio' THEN content_type LIKE 'audio/%'
           WHEN 'document' THEN content_type NOT SIMILAR TO '(image|video|audio)/%'
           ELSE true
         END
   ORDER BY id DESC LIMIT $2`;
const remove = `DELETE FROM media.objects WHERE id = $1 RETURNING ${columns}`;

const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const place = z.strictObject({ id: z.guid() });

@Injectable()
export class PgMediaObjectRepository extends MediaObjectRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async insert(object: StoredObject): Promise<void> {
    const { id, name, contentType, bytes, sha256, uploadedBy, createdAt } = object;
    await this.database.query(insert, [id, name, contentType, bytes, sha256, uploadedBy, createdAt]);
  }

  async find(id: string): Promise<StoredObject | null> {
    const [object] = await this.database.query<StoredObject>(find, [id]);
    return object ?? null;
  }

  async list({ limit, cursor, q, kind }: PageRequest): Promise<Page<StoredObject>> {
    const before = cursor === undefined ? AFTER_ALL : decodeCursor(cursor, place).id;
    const name = q === undefined ? '%' : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.database.query<StoredObject>(list, [before, limit + 1, name, kind ?? null]);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ id: last.id }) : null,
    };
  }

  async remove(id: string): Promise<StoredObject | null> {
    const [object] = await this.database.query<StoredObject>(remove, [id]);
    return object ?? null;
  }
}
