import { CreateReadModels1763800000000 } from './1763800000000-create-read-models.js';

import { CreateUsageDays1763800000010 } from './1763800000010-create-usage-days.js';
import { NameOperators1763800000200 } from './1763800000200-name-operators.js';

/** For each shard. */
export const insightsMigrations = [
  CreateReadModels1763800000000,
  CreateUsageDays1763800000010,
  NameOperators1763800000200,
];
