/** The directory belongs to no tenant, so it has transactions of its own. Nested runs join the one around them. */
export abstract class Directory {
  abstract run<R>(work: () => Promise<R>): Promise<R>;
}
