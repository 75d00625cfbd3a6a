/** One transaction in the shard of the current tenant. A run within a run joins it. */
export abstract class UnitOfWork {
  abstract run<R>(work: () => Promise<R>): Promise<R>;
}
