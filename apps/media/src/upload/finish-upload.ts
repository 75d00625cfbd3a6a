import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import { StoreFile } from '../object/store-file.js';
import { isInDoubt } from '../storage/in-doubt.js';
import { PartStore } from '../storage/part-store.js';
import { AbortUpload } from './abort-upload.use-case.js';
import type { Upload } from './upload.js';
import { UploadNotFound } from './upload.errors.js';
import { UploadRepository } from './upload.repository.js';

/** Makes the parts one file of the library; its quota was taken when the upload began. */
@Injectable()
export class FinishUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly parts: PartStore,
    private readonly storeFile: StoreFile,
    private readonly abortUpload: AbortUpload,
  ) {}

  /** @throws DomainError `media.…` where the file is refused: nothing is left of it then */
  async execute(upload: Upload): Promise<Upload> {
    const place = { tenantId: currentTenant().id, objectId: upload.id };
    const names = (await this.uploads.partsOf(upload.id)).map(({ part }) => part);
    const content = this.parts.open(place, names);
    try {
      const { id: mediaId } = await this.storeFile.execute(
        { name: upload.name, content, limit: upload.bytes },
        async (object) => {
          const now = await this.uploads.lock(upload.id);
          if (now?.mediaId !== null) throw new UploadNotFound();
          await this.uploads.finish(upload.id, object.id);
        },
      );
      await this.parts.drop(place);
      return { ...upload, mediaId };
    } catch (error) {
      // Somebody else may have finished it while this was under way: then there is nothing to be sorry for.
      const now = isInDoubt(error) ? null : await this.uploads.find(upload.id);
      if (now !== null && now.mediaId !== null) return now;
      if (error instanceof DomainError && !isInDoubt(error)) await this.abortUpload.end(upload.id);
      throw error;
    } finally {
      content.destroy();
    }
  }
}
