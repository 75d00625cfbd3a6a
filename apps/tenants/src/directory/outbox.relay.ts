import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DirectoryOutboxRelay, EventLog } from '#libs/events';
import { ServiceLogger } from '#libs/service';
import { ShardDirectory } from '#libs/sharding';
import { PgDirectory } from './directory.pg-repository.js';

/** Carries the directory's events into the tenants' own logs for as long as the service runs. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: DirectoryOutboxRelay;

  constructor(outbox: PgDirectory, events: EventLog, directory: ShardDirectory, logger: ServiceLogger) {
    this.relay = new DirectoryOutboxRelay({ service: 'tenants', outbox, events, directory, logger });
  }

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }
}
