import type { Page } from '#libs/contracts';
import type { StoredObject } from './media-object.js';
import { MediaObjectRepository, type PageRequest } from './media-object.repository.js';

export class FakeMediaObjectRepository extends MediaObjectRepository {
  readonly objects = new Map<string, StoredObject>();

  async insert(object: StoredObject): Promise<void> {
    this.objects.set(object.id, object);
  }

  async find(id: string): Promise<StoredObject | null> {
    return this.objects.get(id) ?? null;
  }

  async list({ limit }: PageRequest): Promise<Page<StoredObject>> {
    return { items: [...this.objects.values()].reverse().slice(0, limit), nextCursor: null };
  }

  async remove(id: string): Promise<StoredObject | null> {
    const object = this.objects.get(id) ?? null;
    this.objects.delete(id);
    return object;
  }
}
