import { CreateReadModels1763800000000 } from './1763800000000-create-read-models.js';

import { NameOperators1763800000200 } from './1763800000200-name-operators.js';

/** For each shard. */
export const insightsMigrations = [CreateReadModels1763800000000, NameOperators1763800000200];
