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
}
