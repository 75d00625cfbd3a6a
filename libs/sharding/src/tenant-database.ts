import { UnitOfWork } from '#libs/tenancy';

/** The one door to tenant data. Every statement runs in the current tenant's shard, fenced and under row-level security. */
export abstract class TenantDatabase extends UnitOfWork {
  /**
   * Rows of one statement. `sql` is a constant: it becomes a named statement. Inside `run` it joins the transaction;
   * outside it is a transaction of its own, in one round trip.
   *
   * @throws DomainError `database.unavailable`, `database.busy`, `database.timeout`, `tenant.not_found`, `tenant.moving`
   * @throws the driver's error for what the statement itself did wrong; see `isUniqueViolation`
   */
  abstract query<R extends object>(sql: string, values?: readonly unknown[]): Promise<R[]>;

  /**
   * One transaction, opened with its first statement. A run inside a run joins it; when any statement or inner run
   * fails, the whole is rolled back even if the failure was caught on the way.
   */
  abstract override run<R>(work: () => Promise<R>): Promise<R>;

  /**
   * Hands `item` to `work` as the last thing before the transaction around it commits, together with all items that
   * were given for the same `work`; at once, where there is no transaction. For what takes a lock that many want.
   */
  abstract beforeCommit<T>(work: (items: readonly T[]) => Promise<void>, item: T): Promise<void>;

  /** Calls `work` once the transaction around it has committed; at once, where there is none. It must not throw. */
  abstract afterCommit(work: () => void): void;
}
