import { CreateDirectory1763700000000 } from './1763700000000-create-directory.js';
import { NumberDirectoryChanges1763700000001 } from './1763700000001-number-directory-changes.js';
import { CreateDirectoryViews1763700000002 } from './1763700000002-create-directory-views.js';
import { CreateOnboardings1763700000003 } from './1763700000003-create-onboardings.js';
import { CreateTenantPulses1763700000100 } from './1763700000100-create-tenant-pulses.js';

/** In the order in which they run. */
export const directoryMigrations = [
  CreateDirectory1763700000000,
  NumberDirectoryChanges1763700000001,
  CreateDirectoryViews1763700000002,
  CreateOnboardings1763700000003,
  CreateTenantPulses1763700000100,
];
