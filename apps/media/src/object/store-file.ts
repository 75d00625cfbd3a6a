import { Injectable } from '@nestjs/common';
import { mediaStored, type MediaType } from '#libs/contracts/media';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import type { Readable } from 'node:stream';
import { faultIn } from '../examination/examine-file.js';
import { isInDoubt } from '../storage/in-doubt.js';
import { StorageAdapter, type StoragePlace } from '../storage/storage-adapter.js';
import { EmptyFile, MediaNotSafe, MediaTypeNotAllowed } from './media-object.errors.js';
import type { StoredObject } from './media-object.js';
import { MediaObjectRepository } from './media-object.repository.js';
import { mediaTypeOf } from './media-type.js';

export interface GivenFile {
  readonly name: string;
  readonly content: Readable;
  /** The most bytes that it may have. */
  readonly limit: number;
}

/** What both ways of uploading have in common: bytes become a file of the library, or nothing is left of them. */
@Injectable()
export class StoreFile {
  constructor(
    private readonly objects: MediaObjectRepository,
    private readonly storage: StorageAdapter,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param account What else belongs to the transaction of the row: the quota, for one.
   * @throws DomainError `media.type_not_allowed`, `media.not_safe`, `media.too_large`, `media.empty`
   */
  async execute(
    { name, content, limit }: GivenFile,
    account: (object: StoredObject) => Promise<void>,
  ): Promise<StoredObject> {
    const place = { tenantId: currentTenant().id, objectId: newId() };
    const inspect = (head: Buffer): MediaType => kindOf(head, name);
    const { kind, ...received } = await this.storage.receive(place, content, { limit, inspect });
    const object = { id: place.objectId, name, contentType: kind, ...received, ...this.provenance() };
    try {
      await this.requireSafe(place, object);
      await this.unitOfWork.run(async () => {
        await account(object);
        await this.record(object);
      });
    } catch (error) {
      if (isInDoubt(error)) this.storage.abandon(place);
      else await this.storage.discard(place);
      throw error;
    }
    await this.storage.keep(place);
    return object;
  }

  private async requireSafe(place: StoragePlace, { contentType, bytes }: StoredObject): Promise<void> {
    const fault = await faultIn(contentType, bytes, async (range) => this.storage.open(place, range));
    if (fault !== null) throw new MediaNotSafe(fault);
  }

  private provenance(): Pick<StoredObject, 'uploadedBy' | 'createdAt'> {
    const { kind, id } = currentActor();
    return { uploadedBy: kind === 'user' ? id : null, createdAt: this.clock.now() };
  }

  private async record(object: StoredObject): Promise<void> {
    const { id: mediaId, name, contentType, bytes, sha256 } = object;
    await this.objects.insert(object);
    await this.events.append(mediaStored, mediaId, { mediaId, name, contentType, bytes, sha256 });
  }
}

/** @throws DomainError `media.empty`, `media.type_not_allowed` */
export function kindOf(head: Buffer, name: string): MediaType {
  if (head.length === 0) throw new EmptyFile();
  const type = mediaTypeOf(head, name);
  if (type === null) throw new MediaTypeNotAllowed();
  return type;
}
