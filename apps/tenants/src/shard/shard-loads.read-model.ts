import { Injectable } from '@nestjs/common';
import type { ShardLoad } from '#libs/contracts/tenants';
import { ShardControl } from '#libs/sharding';

const LOAD = `
  SELECT pg_database_size(current_database())::float8 AS bytes, d.numbackends AS connections,
         current_setting('max_connections')::int AS "mostConnections",
         (d.xact_commit + d.xact_rollback)::float8 AS transactions, current_setting('server_version') AS version
    FROM pg_stat_database d WHERE d.datname = current_database()`;

interface Row {
  readonly bytes: number;
  readonly connections: number;
  readonly mostConnections: number;
  readonly transactions: number;
  readonly version: string;
}

const PATIENCE_MS = 3_000;

/** Asks every shard how it is. One that does not answer soon is said to be out of reach; nobody waits for it. */
@Injectable()
export class ListShardLoads {
  private readonly before = new Map<string, { readonly transactions: number; readonly at: number }>();

  constructor(private readonly control: ShardControl) {}

  async execute(): Promise<ShardLoad[]> {
    const shards = await this.control.eachShard();
    const loads = await Promise.all(shards.map(async ({ name }) => this.loadOf(name)));
    return loads.sort((a, b) => a.name.localeCompare(b.name));
  }

  private async loadOf(name: string): Promise<ShardLoad> {
    const row = await soon(this.control.query<Row>(name, LOAD).then(([first]) => first ?? null)).catch(
      () => null,
    );
    if (row === null) {
      const nothing = { bytes: null, connections: null, mostConnections: null, version: null };
      return { name, reachable: false, ...nothing, transactionsPerSecond: null };
    }
    const { transactions, ...said } = row;
    return { name, reachable: true, ...said, transactionsPerSecond: this.rate(name, transactions) };
  }

  private rate(name: string, transactions: number): number | null {
    const [before, at] = [this.before.get(name), Date.now()];
    this.before.set(name, { transactions, at });
    if (before === undefined || at - before.at < 500) return null;
    return Math.max(0, (transactions - before.transactions) / ((at - before.at) / 1000));
  }
}

async function soon<R>(work: Promise<R>): Promise<R | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
