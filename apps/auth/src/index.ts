import { authEndpoints } from '#libs/contracts/auth';
import { defineService } from '#libs/service';
import { directoryMigrations, shardMigrations } from '../migrations/index.js';
import { authConfig } from './auth.config.js';
import { AuthModule } from './auth.module.js';

/** The front door: people, sign-in, sessions, API keys, operators. */
export const auth = defineService({
  name: 'auth',
  config: authConfig,
  endpoints: authEndpoints,
  module: (config) => AuthModule.of(config),
  migrations: { shard: shardMigrations, directory: directoryMigrations },
});
