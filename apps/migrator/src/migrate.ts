import {
  bootstrapDatabase,
  bootstrapRoles,
  createDatabase,
  MigrationFailed,
  runMigrations,
  serverOf,
  type AppliedMigration,
  type LoginRole,
  type MigrationSet,
} from '#libs/database';
import type { MigrationPlan } from './migration-plan.js';
import type { ShardToMigrate } from './migrator.config.js';
import { registerShards } from './shard-register.js';

/** What became of one database: `directory` or a shard by its name. */
export interface MigrationReport {
  readonly database: string;
  readonly applied: readonly AppliedMigration[];
  readonly milliseconds: number;
  readonly failure?: { readonly migration: string | null; readonly message: string };
}

export interface MigrationRun {
  readonly directoryUrl: string;
  readonly shards: readonly ShardToMigrate[];
  readonly passwords: Readonly<Partial<Record<LoginRole, string>>>;
  readonly plan: MigrationPlan;
  readonly parallel: number;
  /** Hears of each database as soon as it is done. */
  readonly onReport: (report: MigrationReport) => void;
  readonly onUnknownShard: (name: string) => void;
}

/** Runs `work` for all items, at most `bound` at a time. */
async function inParallel<T>(
  items: readonly T[],
  bound: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(bound, items.length) }, worker));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/**
 * Brings the directory and then every shard up to date; a shard that fails does not hold up the others. What is done
 * stays done, so a second run begins where the first one failed. True when all is well.
 */
export async function migrate(run: MigrationRun): Promise<boolean> {
  const { directoryUrl, shards, plan, parallel, passwords } = run;
  const servers = new Map<string, Promise<void>>();

  /** Roles belong to a server; its first database brings them. */
  const rolesOf = (url: string) => {
    const roles = servers.get(serverOf(url)) ?? bootstrapRoles(url, passwords);
    servers.set(serverOf(url), roles);
    return roles;
  };

  const migrateDatabase = async (name: string, url: string, sets: readonly MigrationSet[]) => {
    const start = performance.now();
    const applied: AppliedMigration[] = [];
    let failure: MigrationReport['failure'];
    try {
      await createDatabase(url);
      await rolesOf(url);
      await bootstrapDatabase(url);
      await runMigrations(url, sets, (migration) => applied.push(migration));
    } catch (error) {
      failure =
        error instanceof MigrationFailed
          ? { migration: `${error.schema}.${error.migration}`, message: messageOf(error.cause) }
          : { migration: null, message: messageOf(error) };
    }
    const milliseconds = Math.round(performance.now() - start);
    run.onReport({ database: name, applied, milliseconds, ...(failure === undefined ? {} : { failure }) });
    return failure === undefined;
  };

  if (!(await migrateDatabase('directory', directoryUrl, plan.directory))) return false;
  const done: ShardToMigrate[] = [];
  await inParallel(shards, parallel, async (shard) => {
    if (await migrateDatabase(shard.name, shard.url, plan.shard)) done.push(shard);
  });
  // A shard is offered for tenants only once it can hold them.
  const known = new Set(shards.map(({ name }) => name));
  for (const name of await registerShards(directoryUrl, done)) if (!known.has(name)) run.onUnknownShard(name);
  return done.length === shards.length;
}
