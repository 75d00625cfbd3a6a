import { CreateReadModels1763800000000 } from './1763800000000-create-read-models.js';

/** For each shard. */
export const insightsMigrations = [CreateReadModels1763800000000];
