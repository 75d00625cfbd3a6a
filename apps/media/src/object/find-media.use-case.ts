import { Injectable } from '@nestjs/common';
import type { Page } from '#libs/contracts';
import type { StoredObject } from './media-object.js';
import { MediaNotFound } from './media-object.errors.js';
import { MediaObjectRepository, type PageRequest } from './media-object.repository.js';

@Injectable()
export class FindMedia {
  constructor(private readonly objects: MediaObjectRepository) {}

  /** @throws DomainError `media.not_found` */
  async one(mediaId: string): Promise<StoredObject> {
    const object = await this.objects.find(mediaId);
    if (object === null) throw new MediaNotFound();
    return object;
  }

  /** @throws DomainError `request.cursor_invalid` */
  async page(page: PageRequest): Promise<Page<StoredObject>> {
    return this.objects.list(page);
  }
}
