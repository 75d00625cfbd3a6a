import { Module } from '@nestjs/common';
import { withLogin } from '#libs/database';
import { PlatformConfig, Readiness } from '#libs/service';
import { ShardControl, ShardDirectory } from '#libs/sharding';
import { DomainEntity } from '../domain/domain.entity.js';
import { OnboardingEntity } from '../onboarding/onboarding.entity.js';
import { ShardProbe } from '../shard/shard-probe.js';
import { PgShardProbe } from '../shard/shard-probe.pg-repository.js';
import { BaseDomain } from '../tenant/base-domain.js';
import { TenantEntity } from '../tenant/tenant.entity.js';
import { Directory } from './directory.js';
import { DirectoryEvents } from './directory-events.js';
import { PgDirectoryEvents } from './directory-events.pg-repository.js';
import { PgDirectory } from './directory.pg-repository.js';
import { ShardControlKeeper } from './shard-control.keeper.js';
import { TenantAnnouncer } from './tenant-announcer.js';
import { BroadcastTenantAnnouncer } from './tenant-announcer.broadcast.js';

/** The login that this service alone has: writer of the directory, keeper of the shards' gates. */
function controlLogin({ HARKA_DATABASE_PASSWORDS }: PlatformConfig) {
  const password = HARKA_DATABASE_PASSWORDS.harka_control;
  if (password === undefined) throw new Error('HARKA_DATABASE_PASSWORDS has no harka_control.');
  return { user: 'harka_control', password };
}

const providers = [
  {
    provide: PgDirectory,
    inject: [PlatformConfig, Readiness],
    useFactory: async (config: PlatformConfig, readiness: Readiness) => {
      const url = withLogin(config.HARKA_DIRECTORY_URL, controlLogin(config));
      const directory = await PgDirectory.connect(url, [TenantEntity, DomainEntity, OnboardingEntity]);
      readiness.require('directory writer', () => directory.query('SELECT 1'));
      return directory;
    },
  },
  { provide: Directory, useExisting: PgDirectory },
  { provide: DirectoryEvents, useClass: PgDirectoryEvents },
  { provide: TenantAnnouncer, useClass: BroadcastTenantAnnouncer },
  {
    provide: ShardControl,
    inject: [ShardDirectory, PlatformConfig],
    useFactory: (directory: ShardDirectory, config: PlatformConfig) =>
      new ShardControl({ directory, login: controlLogin(config) }),
  },
  ShardControlKeeper,
  {
    provide: ShardProbe,
    inject: [PlatformConfig],
    useFactory: (config: PlatformConfig) => new PgShardProbe(controlLogin(config)),
  },
  {
    provide: BaseDomain,
    inject: [PlatformConfig],
    useFactory: ({ HARKA_BASE_DOMAIN }: PlatformConfig) => new BaseDomain(HARKA_BASE_DOMAIN),
  },
];

@Module({ providers, exports: providers })
export class DirectoryModule {}
