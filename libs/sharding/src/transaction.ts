import { isConnectionLost } from './database-fault.js';
import type { Lease } from './connection-pools.js';
import type { Row, Statement } from './pipeline.js';

const BEGIN: Statement = { text: 'BEGIN ISOLATION LEVEL READ COMMITTED' };
const COMMIT: Statement = { text: 'COMMIT' };
const ROLLBACK: Statement = { text: 'ROLLBACK' };

/** Finds the tenant's connection and runs the opening statements on it, again where they met a stale epoch. */
export type Opening = (work: (enter: Statement, lease: Lease) => Promise<Row[]>) => Promise<Row[]>;

type LastWork = (items: readonly never[]) => Promise<void>;

/**
 * A transaction that begins with its first statement, in the same round trip. Statements run one after the other even
 * when they are asked for at once; after the first failure there is only the way back.
 */
export class Transaction {
  private lease: Lease | undefined;
  private failure: { readonly error: unknown } | undefined;
  private isOver = false;
  private tail: Promise<unknown> = Promise.resolve();
  private readonly last = new Map<LastWork, unknown[]>();
  private readonly after: (() => void)[] = [];

  constructor(
    readonly tenantId: string,
    private readonly opening: Opening,
  ) {}

  query(statement: Statement): Promise<Row[]> {
    const result = this.tail.then(() => this.execute(statement));
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** From now on the transaction can only be rolled back. */
  doom(error: unknown): void {
    this.failure ??= { error };
  }

  beforeCommit<T>(work: (items: readonly T[]) => Promise<void>, item: T): void {
    const items = this.last.get(work);
    if (items === undefined) this.last.set(work, [item]);
    else items.push(item);
  }

  afterCommit(work: () => void): void {
    this.after.push(work);
  }

  /** Does what was kept for the end; that may keep something itself. */
  async finish(): Promise<void> {
    await this.tail;
    for (const [work, items] of this.last) {
      this.last.delete(work);
      await work(items as never[]);
    }
  }

  /** Tells those who wait for the commit. */
  committed(): void {
    for (const work of this.after) work();
  }

  /** @throws the first failure, also when somebody caught it: half of the work must not be kept. */
  async commit(): Promise<void> {
    await this.tail;
    if (this.failure !== undefined) {
      await this.rollback();
      throw this.failure.error;
    }
    await this.end(COMMIT);
  }

  async rollback(): Promise<void> {
    await this.tail;
    await this.end(ROLLBACK).catch(() => undefined);
  }

  private async execute(statement: Statement): Promise<Row[]> {
    if (this.isOver) throw new Error('The transaction is over: a statement was not awaited inside run().');
    if (this.failure !== undefined) throw this.failure.error;
    try {
      if (this.lease !== undefined) return await this.lease.connection.run([statement]);
      return await this.opening((enter, lease) => this.begin(statement, enter, lease));
    } catch (error) {
      this.doom(error);
      throw error;
    }
  }

  private async begin(statement: Statement, enter: Statement, lease: Lease): Promise<Row[]> {
    try {
      const rows = await lease.connection.run([BEGIN, enter, statement]);
      this.lease = lease;
      return rows;
    } catch (error) {
      // Nothing ran: the connection goes back clean and the opening may be tried on another.
      const isLost =
        isConnectionLost(error) ||
        (await lease.connection.run([ROLLBACK]).then(
          () => false,
          () => true,
        ));
      lease.release(isLost);
      throw error;
    }
  }

  private async end(statement: Statement): Promise<void> {
    this.isOver = true;
    const { lease } = this;
    this.lease = undefined;
    if (lease === undefined) return;
    try {
      await lease.connection.run([statement]);
      lease.release();
    } catch (error) {
      lease.release(true);
      throw error;
    }
  }
}
