import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ShardControl } from '#libs/sharding';

/** Lets go of the connections to the shards' gates when the service stops. */
@Injectable()
export class ShardControlKeeper implements OnApplicationShutdown {
  constructor(private readonly control: ShardControl) {}

  async onApplicationShutdown(): Promise<void> {
    await this.control.close();
  }
}
