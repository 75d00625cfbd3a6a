import { Injectable } from '@nestjs/common';
import { mediaDeleted } from '#libs/contracts/media';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import { isInDoubt } from '../storage/in-doubt.js';
import { StorageAdapter } from '../storage/storage-adapter.js';
import { MediaNotFound } from './media-object.errors.js';
import { MediaObjectRepository } from './media-object.repository.js';

@Injectable()
export class DeleteMedia {
  constructor(
    private readonly objects: MediaObjectRepository,
    private readonly storage: StorageAdapter,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError `media.not_found` */
  async execute(mediaId: string): Promise<void> {
    const place = { tenantId: currentTenant().id, objectId: mediaId };
    if ((await this.objects.find(mediaId)) === null) throw new MediaNotFound();
    await this.storage.unsettle(place);
    try {
      await this.unitOfWork.run(async () => this.remove(mediaId));
    } catch (error) {
      if (isInDoubt(error)) this.storage.abandon(place);
      // Another call was faster; it may have died before it discarded the bytes.
      else if (error instanceof MediaNotFound) await this.storage.discard(place);
      else await this.storage.keep(place);
      throw error;
    }
    await this.storage.discard(place);
  }

  private async remove(mediaId: string): Promise<void> {
    const removed = await this.objects.remove(mediaId);
    if (removed === null) throw new MediaNotFound();
    const { name, bytes } = removed;
    await this.entitlements.take('storageBytes', -bytes);
    await this.events.append(mediaDeleted, mediaId, { mediaId, name, bytes });
  }
}
