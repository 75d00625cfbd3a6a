import type { Migration } from '#libs/database';
import { CreateIdempotencyKeys1763700000000 } from './1763700000000-create-idempotency-keys.js';

/** Of the schema `requests` in each shard. */
export const requestMigrations: readonly Migration[] = [CreateIdempotencyKeys1763700000000];
