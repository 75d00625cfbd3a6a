import { Injectable } from '@nestjs/common';
import { mediaStored, type MediaType } from '#libs/contracts/media';
import { Entitlements, LimitExceeded } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import type { Readable } from 'node:stream';
import { isInDoubt } from '../storage/in-doubt.js';
import { StorageAdapter } from '../storage/storage-adapter.js';
import type { StoredObject } from './media-object.js';
import { EmptyFile, MediaTypeNotAllowed } from './media-object.errors.js';
import { MediaObjectRepository } from './media-object.repository.js';
import { mediaTypeOf } from './media-type.js';
import { UploadLimit } from './upload-limit.js';

export interface Upload {
  readonly name: string;
  readonly content: Readable;
  /** As announced by the sender, if at all. */
  readonly announcedBytes: number | null;
}

@Injectable()
export class UploadMedia {
  constructor(
    private readonly objects: MediaObjectRepository,
    private readonly storage: StorageAdapter,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly limit: UploadLimit,
  ) {}

  /** @throws DomainError `media.type_not_allowed`, `media.too_large`, `media.empty`, `limit.storage_exceeded` */
  async execute({ name, content, announcedBytes }: Upload): Promise<StoredObject> {
    await this.requireRoom(announcedBytes ?? 1);
    const place = { tenantId: currentTenant().id, objectId: newId() };
    const inspect = (head: Buffer): MediaType => kindOf(head, name);
    const { kind, ...received } = await this.storage.receive(place, content, {
      limit: this.limit.bytes,
      inspect,
    });
    const object = { id: place.objectId, name, contentType: kind, ...received, ...this.provenance() };
    try {
      await this.unitOfWork.run(async () => this.record(object));
    } catch (error) {
      if (isInDoubt(error)) this.storage.abandon(place);
      else await this.storage.discard(place);
      throw error;
    }
    await this.storage.keep(place);
    return object;
  }

  /** A refusal that is certain should not wait for the last byte. */
  private async requireRoom(bytes: number): Promise<void> {
    const most = await this.entitlements.limit('storageBytes');
    if (most === null) return;
    const used = await this.entitlements.used('storageBytes');
    if (used + bytes > most) throw new LimitExceeded('storageBytes', most);
  }

  private provenance(): Pick<StoredObject, 'uploadedBy' | 'createdAt'> {
    const { kind, id } = currentActor();
    return { uploadedBy: kind === 'user' ? id : null, createdAt: this.clock.now() };
  }

  private async record(object: StoredObject): Promise<void> {
    const { id: mediaId, name, contentType, bytes, sha256 } = object;
    await this.entitlements.take('storageBytes', bytes);
    await this.objects.insert(object);
    await this.events.append(mediaStored, mediaId, { mediaId, name, contentType, bytes, sha256 });
  }
}

function kindOf(head: Buffer, name: string): MediaType {
  if (head.length === 0) throw new EmptyFile();
  const type = mediaTypeOf(head, name);
  if (type === null) throw new MediaTypeNotAllowed();
  return type;
}
