import { CreateUsers1763700400000 } from './1763700400000-create-users.js';
import { CreateSessions1763700400001 } from './1763700400001-create-sessions.js';
import { CreateTeams1763700400010 } from './1763700400010-create-teams.js';
import { CreateUserImports1763700400011 } from './1763700400011-create-user-imports.js';
import { CreateFactors1763700400040 } from './1763700400040-create-factors.js';
import { CreateNotifications1763700400050 } from './1763700400050-create-notifications.js';
import { CreateConnections1763700400060 } from './1763700400060-create-connections.js';
import { CreateScim1763700400070 } from './1763700400070-create-scim.js';
import { CreateActingSessions1763700400200 } from './1763700400200-create-acting-sessions.js';
import { WatchMails1763700400210 } from './1763700400210-watch-mails.js';
import { KeepProviderOfStep1763700400310 } from './1763700400310-keep-provider-of-step.js';
import { CreateApps1763700400400 } from './1763700400400-create-apps.js';
import { AddKeysOfApps1763700400430 } from './1763700400430-add-keys-of-apps.js';
import { LookAfterConnections1763700400410 } from './1763700400410-look-after-connections.js';
import { CreateErasures1763700400420 } from './1763700400420-create-erasures.js';
import { CreateSetupLinks1763700400500 } from './1763700400500-create-setup-links.js';
import { CreateLdapSyncs1763700400510 } from './1763700400510-create-ldap-syncs.js';
import { CreateSigningKeys1763700400100 } from './directory/1763700400100-create-signing-keys.js';
import { AddTimeZone1763700400030 } from './1763700400030-add-time-zone.js';

/** Of schema auth in each shard, in the order in which they run. */
export const shardMigrations = [
  CreateUsers1763700400000,
  CreateSessions1763700400001,
  CreateTeams1763700400010,
  CreateUserImports1763700400011,
  AddTimeZone1763700400030,
  CreateFactors1763700400040,
  CreateNotifications1763700400050,
  CreateConnections1763700400060,
  CreateScim1763700400070,
  CreateActingSessions1763700400200,
  WatchMails1763700400210,
  KeepProviderOfStep1763700400310,
  CreateApps1763700400400,
  LookAfterConnections1763700400410,
  CreateErasures1763700400420,
  AddKeysOfApps1763700400430,
  CreateSetupLinks1763700400500,
  CreateLdapSyncs1763700400510,
];

/** Of schema auth in the directory database. */
export const directoryMigrations = [CreateSigningKeys1763700400100];
