import { Injectable } from '@nestjs/common';
import { getMedia } from '#libs/contracts/media';
import { DomainError } from '#libs/kernel';
import { ServiceClient } from '#libs/service';
import { TenantDatabase } from '#libs/sharding';
import { currentActor } from '#libs/tenancy';
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
    private readonly services: ServiceClient,
  ) {
    super();
  }

  /** The read model may be a moment behind an upload, so whatever it does not know is asked for once more. */
  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, MediaFile>> {
    const rows = await this.database.query<MediaFile>(byIds, [ids]);
    const known = new Map(rows.map((file) => [file.id, file]));
    for (const id of ids.filter((candidate) => !known.has(candidate))) {
      const file = await this.ask(id);
      if (file !== null) known.set(id, file);
    }
    return known;
  }

  async byDigests(digests: readonly string[]): Promise<ReadonlyMap<string, MediaFile>> {
    const rows = await this.database.query<MediaFile>(byDigests, [digests]);
    return new Map(rows.map((file) => [file.sha256, file]));
  }

  private async ask(mediaId: string): Promise<MediaFile | null> {
    // The media service answers members only.
    if (currentActor().kind !== 'user') return null;
    try {
      const { id, name, contentType, bytes, sha256 } = await this.services.call(getMedia, {
        params: { mediaId },
      });
      return { id, name, contentType, bytes, sha256 };
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not_found') return null;
      throw error;
    }
  }
}
