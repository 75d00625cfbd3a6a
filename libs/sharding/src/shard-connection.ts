import { withLogin, type Login } from '#libs/database';
import { Client } from 'pg';
import { Pipeline, PreparedStatements, type Row, type Statement } from './pipeline.js';

/** A connection as the pool sees it. */
export interface PooledConnection {
  run(statements: readonly Statement[]): Promise<Row[]>;
  /** Called once when the connection is lost, whether at work or idle. */
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

export interface SessionSettings {
  readonly applicationName: string;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly idleInTransactionTimeoutMs: number;
  readonly preparedStatements: number;
}

export const defaultSession: SessionSettings = {
  applicationName: 'harka',
  connectTimeoutMs: 3_000,
  statementTimeoutMs: 15_000,
  lockTimeoutMs: 5_000,
  idleInTransactionTimeoutMs: 10_000,
  preparedStatements: 256,
};

/** One session at a shard. */
export class ShardConnection implements PooledConnection {
  private readonly prepared: PreparedStatements;

  private constructor(
    private readonly client: Client,
    capacity: number,
  ) {
    this.prepared = new PreparedStatements(capacity);
  }

  static async open(url: string, login: Login, settings: SessionSettings): Promise<ShardConnection> {
    const client = new Client({
      connectionString: withLogin(url, login),
      application_name: settings.applicationName,
      connectionTimeoutMillis: settings.connectTimeoutMs,
      statement_timeout: settings.statementTimeoutMs,
      // The server's own time-out comes first; this one is for a server that has stopped answering.
      query_timeout: settings.statementTimeoutMs + 5_000,
      lock_timeout: settings.lockTimeoutMs,
      idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs,
      keepAlive: true,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    return new ShardConnection(client, settings.preparedStatements);
  }

  run(statements: readonly Statement[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const pipeline = new Pipeline(statements, this.prepared);
      pipeline.callback = (error, rows = []) => {
        if (error === undefined || error === null) resolve(rows);
        else reject(error instanceof Error ? error : new Error('The driver failed.', { cause: error }));
      };
      this.client.query(pipeline);
    });
  }

  onLost(listener: () => void): void {
    let isLost = false;
    const lost = () => {
      if (!isLost) listener();
      isLost = true;
    };
    // A server that shuts down says so before it hangs up.
    this.client.once('error', lost);
    this.client.once('end', lost);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
