import { Injectable } from '@nestjs/common';
import { currentTenant } from '#libs/tenancy';
import type { Readable } from 'node:stream';
import { StorageAdapter, type ByteRange } from '../storage/storage-adapter.js';
import { rangeOf } from './byte-range.js';
import type { StoredObject } from './media-object.js';
import { MediaNotFound } from './media-object.errors.js';
import { MediaObjectRepository } from './media-object.repository.js';

/** What the caller has and wants, as its headers say it. */
export interface DownloadWish {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface OpenedObject {
  readonly object: StoredObject;
  /** Null: the caller has it already. */
  readonly content: Readable | null;
  /** Null: all of it. */
  readonly range: ByteRange | null | 'out_of_range';
}

export function etagOf({ sha256 }: Pick<StoredObject, 'sha256'>): string {
  return `"${sha256}"`;
}

@Injectable()
export class DownloadMedia {
  constructor(
    private readonly objects: MediaObjectRepository,
    private readonly storage: StorageAdapter,
  ) {}

  /** @throws DomainError `media.not_found`, `media.bytes_missing` */
  async execute(mediaId: string, wish: DownloadWish): Promise<OpenedObject> {
    const object = await this.objects.find(mediaId);
    if (object === null) throw new MediaNotFound();
    const etag = etagOf(object);
    if (wish.ifNoneMatch !== undefined && namesTag(wish.ifNoneMatch, etag)) {
      return { object, content: null, range: null };
    }
    const outdated = wish.ifRange !== undefined && wish.ifRange !== etag;
    const range = outdated ? null : rangeOf(wish.range, object.bytes);
    if (range === 'out_of_range') return { object, content: null, range };
    const place = { tenantId: currentTenant().id, objectId: mediaId };
    return { object, content: await this.storage.open(place, range ?? undefined), range };
  }
}

function namesTag(header: string, etag: string): boolean {
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
