import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '#libs/kernel';
import { currentActor, currentTenant } from '#libs/tenancy';
import type { Readable } from 'node:stream';
import { kindOf } from '../object/store-file.js';
import { PartStore } from '../storage/part-store.js';
import { AbortUpload } from './abort-upload.use-case.js';
import { FinishUpload } from './finish-upload.js';
import { ownerOf } from './owner.js';
import { MAX_PARTS, UPLOAD_LIFETIME, type Upload } from './upload.js';
import { OffsetMismatch, TooManyParts, UploadNotFound } from './upload.errors.js';
import { UploadRepository } from './upload.repository.js';

@Injectable()
export class ContinueUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly parts: PartStore,
    private readonly abortUpload: AbortUpload,
    private readonly finishUpload: FinishUpload,
    private readonly clock: Clock,
  ) {}

  /** Own ones only. One of which all bytes are there, but no file yet, is finished now. */
  async find(uploadId: string): Promise<Upload> {
    const upload = await this.uploads.find(uploadId);
    if (upload?.owner !== ownerOf(currentActor())) throw new UploadNotFound();
    const isWhole = upload.mediaId === null && upload.received === upload.bytes;
    return isWhole ? this.finishUpload.execute(upload) : upload;
  }

  async unfinished(): Promise<Upload[]> {
    return this.uploads.unfinishedOf(ownerOf(currentActor()));
  }

  /**
   * Adds what comes from `offset` on, as much of it as arrives. The last byte makes the file.
   * @throws DomainError `upload.not_found`, `upload.offset_mismatch`, `media.…` for what is refused: the upload is over then
   */
  async execute(uploadId: string, offset: number, content: Readable): Promise<Upload> {
    const upload = await this.find(uploadId);
    if (offset !== upload.received) throw new OffsetMismatch(upload.received);
    if (upload.mediaId !== null) return upload;
    if (upload.parts >= MAX_PARTS) throw new TooManyParts();
    const place = { tenantId: currentTenant().id, objectId: uploadId };
    const part = newId();
    const bytes = await this.receive(upload, part, content);
    if (bytes === 0) return upload;
    const expiresAt = new Date(this.clock.now().getTime() + UPLOAD_LIFETIME);
    if (!(await this.uploads.addPart(uploadId, { firstByte: offset, bytes, part }, expiresAt))) {
      await this.parts.dropPart(place, part);
      const now = await this.uploads.find(uploadId);
      if (now === null) throw new UploadNotFound();
      throw new OffsetMismatch(now.received);
    }
    const grown = { ...upload, received: offset + bytes, parts: upload.parts + 1, expiresAt };
    return grown.received < grown.bytes ? grown : this.finishUpload.execute(grown);
  }

  /** What the first bytes give away need not wait for the last ones. */
  private async receive({ id, name, bytes, received }: Upload, part: string, content: Readable) {
    const place = { tenantId: currentTenant().id, objectId: id };
    const limit = bytes - received;
    try {
      return await this.parts.receive(place, part, content, {
        limit,
        ...(received === 0 ? { inspect: (head: Buffer) => void kindOf(head, name) } : {}),
      });
    } catch (error) {
      if (error instanceof DomainError) await this.abortUpload.end(id);
      throw error;
    }
  }
}
