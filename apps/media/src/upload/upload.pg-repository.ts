import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Upload, UploadPart } from './upload.js';
import { UploadRepository } from './upload.repository.js';

const columns = `id, name, bytes::float8 AS bytes, received::float8 AS received, parts, owner,
  uploaded_by AS "uploadedBy", created_at AS "createdAt", expires_at AS "expiresAt", media_id AS "mediaId"`;

const insert = `
  INSERT INTO media.uploads (tenant_id, id, name, bytes, owner, uploaded_by, created_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)`;
const find = `SELECT ${columns} FROM media.uploads WHERE id = $1`;
const lock = `SELECT ${columns} FROM media.uploads WHERE id = $1 FOR UPDATE`;
const unfinishedOf = `
  SELECT ${columns} FROM media.uploads WHERE owner = $1 AND media_id IS NULL ORDER BY id DESC LIMIT 100`;
const countUnfinished = `SELECT count(*)::integer AS count FROM media.uploads WHERE media_id IS NULL`;
const partsOf = `
  SELECT first_byte::float8 AS "firstByte", bytes::float8 AS bytes, part
    FROM media.upload_parts WHERE upload_id = $1 ORDER BY first_byte`;
// The row goes on only from where the part begins, so one of two senders of the same bytes comes too late.
const advance = `
  UPDATE media.uploads SET received = received + $3::bigint, parts = parts + 1, expires_at = $4
   WHERE id = $1 AND received = $2::bigint AND media_id IS NULL AND received + $3::bigint <= bytes
  RETURNING id`;
const insertPart = `
  INSERT INTO media.upload_parts (tenant_id, upload_id, first_byte, bytes, part)
  VALUES (app.current_tenant(), $1, $2, $3, $4)`;
const removeParts = 'DELETE FROM media.upload_parts WHERE upload_id = $1';
const finish = 'UPDATE media.uploads SET media_id = $2 WHERE id = $1';
const remove = 'DELETE FROM media.uploads WHERE id = $1';
const forgetFinished = 'DELETE FROM media.uploads WHERE media_id IS NOT NULL AND expires_at < $1';

@Injectable()
export class PgUploadRepository extends UploadRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async insert({ id, name, bytes, owner, uploadedBy, createdAt, expiresAt }: Upload): Promise<void> {
    await this.database.query(insert, [id, name, bytes, owner, uploadedBy, createdAt, expiresAt]);
  }

  async find(id: string): Promise<Upload | null> {
    const [upload] = await this.database.query<Upload>(find, [id]);
    return upload ?? null;
  }

  async lock(id: string): Promise<Upload | null> {
    const [upload] = await this.database.query<Upload>(lock, [id]);
    return upload ?? null;
  }

  async unfinishedOf(owner: string): Promise<Upload[]> {
    return this.database.query<Upload>(unfinishedOf, [owner]);
  }

  async countUnfinished(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(countUnfinished);
    return row?.count ?? 0;
  }

  async partsOf(id: string): Promise<UploadPart[]> {
    return this.database.query<UploadPart>(partsOf, [id]);
  }

  async addPart(id: string, { firstByte, bytes, part }: UploadPart, expiresAt: Date): Promise<boolean> {
    return this.database.run(async () => {
      const moved = await this.database.query(advance, [id, firstByte, bytes, expiresAt]);
      if (moved.length === 0) return false;
      await this.database.query(insertPart, [id, firstByte, bytes, part]);
      return true;
    });
  }

  async finish(id: string, mediaId: string): Promise<void> {
    await this.database.query(removeParts, [id]);
    await this.database.query(finish, [id, mediaId]);
  }

  async remove(id: string): Promise<void> {
    await this.database.query(removeParts, [id]);
    await this.database.query(remove, [id]);
  }

  async forgetFinished(before: Date): Promise<void> {
    await this.database.query(forgetFinished, [before]);
  }
}
