import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { Clock, newId } from '#libs/kernel';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import { UploadLimit } from '../object/upload-limit.js';
import { PartStore } from '../storage/part-store.js';
import { UploadTooLarge } from '../storage/storage.errors.js';
import { ownerOf } from './owner.js';
import { MAX_UNFINISHED, UPLOAD_LIFETIME, type Upload } from './upload.js';
import { TooManyUploads } from './upload.errors.js';
import { UploadRepository } from './upload.repository.js';

@Injectable()
export class BeginUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly parts: PartStore,
    private readonly entitlements: Entitlements,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly limit: UploadLimit,
  ) {}

  /**
   * Takes the quota of the whole file at once, so that no upload fails at its last byte.
   * @throws DomainError `media.too_large`, `limit.storage_exceeded`, `upload.too_many`
   */
  async execute({ name, bytes }: { readonly name: string; readonly bytes: number }): Promise<Upload> {
    if (bytes > this.limit.bytes) throw new UploadTooLarge(this.limit.bytes);
    const now = this.clock.now();
    const { kind, id: actorId } = currentActor();
    const upload: Upload = {
      ...{ id: newId(), name, bytes, received: 0, parts: 0, owner: ownerOf(currentActor()) },
      uploadedBy: kind === 'user' ? actorId : null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + UPLOAD_LIFETIME),
      mediaId: null,
    };
    const place = { tenantId: currentTenant().id, objectId: upload.id };
    // First the folder: whatever happens after it, the purge finds the upload by it.
    await this.parts.begin(place);
    try {
      await this.unitOfWork.run(async () => {
        await this.uploads.forgetFinished(now);
        if ((await this.uploads.countUnfinished()) >= MAX_UNFINISHED) throw new TooManyUploads();
        await this.entitlements.take('storageBytes', bytes);
        await this.uploads.insert(upload);
      });
    } catch (error) {
      await this.parts.drop(place);
      throw error;
    }
    return upload;
  }
}
