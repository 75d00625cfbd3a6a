import { mediaEndpoints } from '#libs/contracts/media';
import { defineService } from '#libs/service';
import { mediaMigrations } from '../migrations/index.js';
import { mediaConfig } from './media.config.js';
import { MediaModule } from './media.module.js';
import { mediaPersonal } from './personal-data/personal-data.records.js';

/** The front door: files of the tenants. */
export const media = defineService({
  name: 'media',
  config: mediaConfig,
  endpoints: mediaEndpoints,
  module: (config) => MediaModule.of(config),
  migrations: { shard: mediaMigrations },
  personal: mediaPersonal,
});
