import { Client } from 'pg';
import { withLogin } from '#libs/database';
import { ShardNotMigrated, ShardUnreachable } from './shard.errors.js';
import { ShardProbe } from './shard-probe.js';

const MIGRATED = `
  SELECT coalesce(has_function_privilege(to_regprocedure('app.admit_tenant(uuid, bigint)'), 'EXECUTE'), false) AS ready`;

/** Connects as harka_control, as provisioning will. */
export class PgShardProbe extends ShardProbe {
  constructor(private readonly login: { readonly user: string; readonly password: string }) {
    super();
  }

  async check(name: string, url: string): Promise<void> {
    const client = new Client({
      connectionString: withLogin(url, this.login),
      connectionTimeoutMillis: 5_000,
    });
    const ready = await this.ask(client, name);
    if (!ready) throw new ShardNotMigrated(name);
  }

  private async ask(client: Client, name: string): Promise<boolean> {
    try {
      await client.connect();
      const { rows } = await client.query<{ ready: boolean }>(MIGRATED);
      return rows[0]?.ready === true;
    } catch (error) {
      throw new ShardUnreachable(name, reasonOf(error), error);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function reasonOf(error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' && message !== '' ? message : 'it does not answer';
}
