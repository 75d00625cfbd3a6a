import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import { PartStore } from '../storage/part-store.js';
import { ownerOf } from './owner.js';
import { UploadNotFound } from './upload.errors.js';
import { UploadRepository } from './upload.repository.js';

@Injectable()
export class AbortUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly parts: PartStore,
    private readonly entitlements: Entitlements,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Own ones only. @throws DomainError `upload.not_found` */
  async execute(uploadId: string): Promise<void> {
    const upload = await this.uploads.find(uploadId);
    if (upload?.owner !== ownerOf(currentActor()) || upload.mediaId !== null) throw new UploadNotFound();
    await this.end(uploadId);
  }

  /** Row and quota together, once; then the bytes. What is finished or gone stays as it is. */
  async end(uploadId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const upload = await this.uploads.lock(uploadId);
      if (upload?.mediaId !== null) return;
      await this.uploads.remove(uploadId);
      await this.entitlements.take('storageBytes', -upload.bytes);
    });
    await this.parts.drop({ tenantId: currentTenant().id, objectId: uploadId });
  }
}
