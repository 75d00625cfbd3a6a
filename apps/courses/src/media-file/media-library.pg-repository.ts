import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { FreshReadModels } from '../freshness/fresh-read-models.js';
import type { MediaFile } from './media-file.js';
import { MediaLibrary } from './media-library.js';

const byIds = `
  SELECT id, name, content_type AS "contentType", bytes::float8 AS bytes, sha256
    FROM courses.media_files WHERE id = ANY ($1::uuid[])`;
const byDigests = `
  SELECT DISTINCT ON (sha256) id, name, content_type AS "contentType", bytes::float8 AS bytes, sha256
    FROM courses.media_files WHERE sha256 = ANY ($1::text[]) ORDER BY sha256, id`;

@Injectable()
export class PgMediaLibrary extends MediaLibrary {
  constructor(
    private readonly database: TenantDatabase,
    private readonly readModels: FreshReadModels,
  ) {
    super();
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, MediaFile>> {
    return this.look(byIds, ids, ({ id }) => id);
  }

  async byDigests(digests: readonly string[]): Promise<ReadonlyMap<string, MediaFile>> {
    return this.look(byDigests, digests, ({ sha256 }) => sha256);
  }

  /** Looks again when a file is missing: it may have been uploaded a moment ago. */
  private async look(
    sql: string,
    names: readonly string[],
    nameOf: (file: MediaFile) => string,
  ): Promise<ReadonlyMap<string, MediaFile>> {
    let files = await this.database.query<MediaFile>(sql, [names]);
    if (files.length < new Set(names).size) {
      await this.readModels.catchUp();
      files = await this.database.query<MediaFile>(sql, [names]);
    }
    return new Map(files.map((file) => [nameOf(file), file]));
  }
}
