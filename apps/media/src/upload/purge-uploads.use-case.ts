import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { TenantRooms } from '../object/tenant-rooms.js';
import { PartStore } from '../storage/part-store.js';
import { AbortUpload } from './abort-upload.use-case.js';
import { UPLOAD_LIFETIME } from './upload.js';

/** Ends uploads that were given up. The storage knows them, so nobody asks tenants that have none. */
@Injectable()
export class PurgeUploads {
  constructor(
    private readonly parts: PartStore,
    private readonly abortUpload: AbortUpload,
    private readonly rooms: TenantRooms,
    private readonly clock: Clock,
  ) {}

  /** How many were ended. */
  async execute(): Promise<number> {
    const idle = await this.parts.idleSince(new Date(this.clock.now().getTime() - UPLOAD_LIFETIME));
    for (const place of idle) {
      const ended = await this.rooms.enter(place.tenantId, async () => {
        await this.abortUpload.end(place.objectId);
        return true;
      });
      // The tenant is no more, and its quota with it.
      if (ended === null) await this.parts.drop(place);
    }
    return idle.length;
  }
}
