import { jsonOf, url } from '#libs/config';
import { tier } from '#libs/contracts';
import { loginRoles } from '#libs/database';
import { z } from 'zod';

const postgres = () => url('postgres', 'postgresql');

const shard = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/),
  tier,
  url: postgres(),
});
export type ShardToMigrate = z.infer<typeof shard>;

/** The only configuration with administrative logins in it; no service gets these. */
export const migratorConfig = z.object({
  HARKA_DIRECTORY_URL: postgres(),
  HARKA_SHARDS: jsonOf(
    z
      .array(shard)
      .min(1)
      .refine((shards) => new Set(shards.map(({ name }) => name)).size === shards.length, 'names repeat'),
  ),
  HARKA_DATABASE_PASSWORDS: jsonOf(z.partialRecord(z.enum(loginRoles), z.string().min(1))),
  /** How many shards are migrated at once. */
  HARKA_MIGRATOR_PARALLEL: z.coerce.number().int().min(1).max(64).default(4),
});
