import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '#libs/kernel';
import { sqlState } from '#libs/database';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type Repository,
} from 'typeorm';
import { Directory } from './directory.js';
import { DirectoryUnavailable } from './directory.errors.js';

/** The directory database, signed in as harka_control. */
@Injectable()
export class PgDirectory extends Directory implements OnApplicationShutdown {
  private readonly ambient = new AsyncLocalStorage<EntityManager>();

  private constructor(private readonly dataSource: DataSource) {
    super();
  }

  static async connect(
    url: string,
    entities: readonly (new () => object)[],
    connections = 8,
  ): Promise<PgDirectory> {
    const dataSource = new DataSource({
      type: 'postgres',
      entities: [...entities],
      installExtensions: false,
      extra: {
        connectionString: url,
        max: connections,
        application_name: 'harka-tenants',
        connectionTimeoutMillis: 5_000,
        idleTimeoutMillis: 30_000,
        statement_timeout: 15_000,
        idle_in_transaction_session_timeout: 15_000,
      },
    });
    await dataSource.initialize();
    return new PgDirectory(dataSource);
  }

  async run<R>(work: () => Promise<R>): Promise<R> {
    if (this.ambient.getStore() !== undefined) return work();
    return translated(() => this.dataSource.transaction((manager) => this.ambient.run(manager, work)));
  }

  async query<R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    return translated(() => this.manager.query<R[]>(sql, [...values]));
  }

  /** As `query`, for statements that change rows and return some. */
  async change<R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const [rows] = await translated(() => this.manager.query<[R[], number]>(sql, [...values]));
    return rows;
  }

  repository<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return this.manager.getRepository(entity);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }

  private get manager(): EntityManager {
    return this.ambient.getStore() ?? this.dataSource.manager;
  }
}

/** Connection refused, lost or not accepted; Postgres starting or stopping; no room for one more session. */
const unreachable = /^(?:ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_)|^(?:08|57P0|53)/;

async function translated<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError || !isUnreachable(error)) throw error;
    throw new DirectoryUnavailable(error);
  }
}

function isUnreachable(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  const reason = sqlState(error) ?? code;
  if (typeof reason === 'string' && unreachable.test(reason)) return true;
  if (Array.isArray(errors) && errors.some(isUnreachable)) return true;
  return (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect/.test(message)
  );
}
