import { AsyncLocalStorage } from 'node:async_hooks';
import { sqlState, withLogin, type Login } from '#libs/database';
import { DomainError } from '#libs/kernel';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';

export interface DirectoryDatabaseOptions {
  readonly url: string;
  /** Of harka_auth. */
  readonly login?: Login;
  readonly failed: (error: unknown) => void;
}

/** The directory database as auth may see it: signing keys, operators, and the table of API keys. */
export class DirectoryDatabase implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly ambient = new AsyncLocalStorage<PoolClient>();

  constructor({ url, login, failed }: DirectoryDatabaseOptions) {
    this.pool = new Pool({
      connectionString: login === undefined ? url : withLogin(url, login),
      application_name: 'harka-auth',
      max: 4,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 15_000,
      statement_timeout: 10_000,
      allowExitOnIdle: true,
    });
    // A connection that breaks while it is idle is replaced; nobody waits for it.
    this.pool.on('error', failed);
  }

  /** @throws DomainError `directory.unavailable` */
  async query<R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const client = this.ambient.getStore() ?? this.pool;
    try {
      return (await client.query<R>(sql, [...values])).rows;
    } catch (error) {
      throw withoutDriver(error);
    }
  }

  /** One transaction; a run inside a run joins it. */
  async run<R>(work: () => Promise<R>): Promise<R> {
    if (this.ambient.getStore() !== undefined) return work();
    const client = await this.connect();
    try {
      await client.query('BEGIN');
      const result = await this.ambient.run(client, work);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // Closed rather than returned when it cannot even be rolled back.
      const broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      client.release(broken);
      throw withoutDriver(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw withoutDriver(error);
    }
  }
}

/** What the statement did wrong passes; all else means that the directory is away. */
function withoutDriver(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const state = sqlState(error);
  const isAway = state === undefined ? isSystemError(error) : /^(08|57P|53|3D000|28)/.test(state);
  if (!isAway) return error;
  return new DomainError('unavailable', 'directory.unavailable', 'The directory cannot be reached.', {
    retryAfterSeconds: 2,
    cause: error,
  });
}

function isSystemError(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    typeof code === 'string' ||
    (typeof message === 'string' && /connection|timeout|terminated|closed/i.test(message))
  );
}
