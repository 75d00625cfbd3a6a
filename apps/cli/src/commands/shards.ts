import { Option, type Command } from 'commander';
import { tiers, type Tier } from '#libs/contracts';
import { addShard, listShards, type Shard } from '#libs/contracts/tenants';
import { show, type CliContext } from '../cli-context.js';
import { table } from '../terminal.js';

export function addShards(program: Command, context: CliContext): void {
  const shards = program.command('shards').description('the databases that hold tenants');

  shards
    .command('list')
    .description('all shards with their tenants counted')
    .action(async (_options: object, command: Command) => {
      const { items } = await context.api.call(listShards);
      show(context, command, items, () => shardTable(items));
    });

  shards
    .command('add')
    .description('register a database that was migrated; it is connected to first')
    .argument('<name>', 'a-z, 0-9, hyphens')
    .addOption(
      new Option('--tier <tier>', 'which tenants it takes').choices([...tiers]).makeOptionMandatory(),
    )
    .requiredOption('--url <url>', 'postgres://host:port/database, without a login')
    .action(async (name: string, { tier, url }: { tier: Tier; url: string }, command: Command) => {
      const shard = await context.api.call(addShard, { body: { name, tier, url } });
      show(context, command, shard, () => shardTable([shard]));
    });
}

function shardTable(shards: readonly Shard[]): string {
  if (shards.length === 0) return 'No shards.\n';
  return table(
    ['name', 'tier', 'state', 'tenants', 'url'],
    shards.map(({ name, tier, state, tenants, url }) => [name, tier, state, String(tenants), url]),
  );
}
