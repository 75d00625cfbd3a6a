import { Injectable } from '@nestjs/common';
import { StorageAdapter } from '../storage/storage-adapter.js';
import { MediaObjectRepository } from './media-object.repository.js';
import { TenantRooms } from './tenant-rooms.js';

/** After a process died in the middle of an upload or a removal: the row tells whether the bytes stay. */
@Injectable()
export class SettleStorage {
  constructor(
    private readonly objects: MediaObjectRepository,
    private readonly storage: StorageAdapter,
    private readonly rooms: TenantRooms,
  ) {}

  /** How many places were settled. Rejects when a tenant's shard does not answer; what is left waits for the next try. */
  async execute(): Promise<number> {
    const places = await this.storage.leftUnsettled();
    for (const place of places) {
      const known = await this.rooms.enter(place.tenantId, async () => this.objects.find(place.objectId));
      if (known === null) await this.storage.discard(place);
      else await this.storage.keep(place);
    }
    return places.length;
  }
}
