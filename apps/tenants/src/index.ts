import { tenantsEndpoints } from '#libs/contracts/tenants';
import { defineService } from '#libs/service';
import { directoryMigrations } from '../migrations/index.js';
import { tenantsConfig } from './tenants.config.js';
import { TenantsModule } from './tenants.module.js';

export const tenants = defineService({
  name: 'tenants',
  config: tenantsConfig,
  endpoints: tenantsEndpoints,
  module: (config) => TenantsModule.of(config),
  migrations: { directory: directoryMigrations },
});
