import { directoryMigrations as authDirectory, shardMigrations as authShard } from '#apps/auth/migrations';
import { coursesMigrations } from '#apps/courses/migrations';
import { insightsMigrations } from '#apps/insights/migrations';
import { mediaMigrations } from '#apps/media/migrations';
import { directoryMigrations } from '#apps/tenants/migrations';
import type { ServiceName } from '#libs/contracts';
import type { Migration } from '#libs/database';

/** What a service wants of each kind of database. */
export interface MigratedService {
  readonly name: ServiceName;
  readonly directory?: readonly Migration[];
  readonly shard?: readonly Migration[];
}

/**
 * Every service that keeps tables; their order is the order of their migrations within a database. They are taken by
 * the door of their migrations, not by their front door: that would load every service to find that nothing is to be done.
 */
export const services: readonly MigratedService[] = [
  { name: 'tenants', directory: directoryMigrations },
  { name: 'auth', directory: authDirectory, shard: authShard },
  { name: 'courses', shard: coursesMigrations },
  { name: 'media', shard: mediaMigrations },
  { name: 'insights', shard: insightsMigrations },
];
