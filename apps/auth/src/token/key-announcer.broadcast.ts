import { Injectable } from '@nestjs/common';
import { Broadcast } from '#libs/service';
import { KeyAnnouncer } from './key-announcer.js';

@Injectable()
export class BroadcastKeyAnnouncer extends KeyAnnouncer {
  constructor(private readonly broadcast: Broadcast) {
    super();
  }

  rotated(): void {
    this.broadcast.publish('signing_key.rotated', {});
  }
}
