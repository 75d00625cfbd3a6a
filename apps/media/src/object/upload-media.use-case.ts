import { Injectable } from '@nestjs/common';
import { Entitlements, LimitExceeded } from '#libs/entitlements';
import type { Readable } from 'node:stream';
import type { StoredObject } from './media-object.js';
import { StoreFile } from './store-file.js';
import { UploadLimit } from './upload-limit.js';

export interface WholeFile {
  readonly name: string;
  readonly content: Readable;
  /** As announced by the sender, if at all. */
  readonly announcedBytes: number | null;
}

/** A file in one piece. */
@Injectable()
export class UploadMedia {
  constructor(
    private readonly storeFile: StoreFile,
    private readonly entitlements: Entitlements,
    private readonly limit: UploadLimit,
  ) {}

  /** @throws DomainError `limit.storage_exceeded`, and what `StoreFile` throws */
  async execute({ name, content, announcedBytes }: WholeFile): Promise<StoredObject> {
    await this.requireRoom(announcedBytes ?? 1);
    const file = { name, content, limit: this.limit.bytes };
    return this.storeFile.execute(file, async ({ bytes }) => this.entitlements.take('storageBytes', bytes));
  }

  /** A refusal that is certain should not wait for the last byte. */
  private async requireRoom(bytes: number): Promise<void> {
    const most = await this.entitlements.limit('storageBytes');
    if (most === null) return;
    const used = await this.entitlements.used('storageBytes');
    if (used + bytes > most) throw new LimitExceeded('storageBytes', most);
  }
}
