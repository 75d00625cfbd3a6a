/** Looks whether a database can serve as a shard. */
export abstract class ShardProbe {
  /** @throws ShardUnreachable | ShardNotMigrated */
  abstract check(name: string, url: string): Promise<void>;
}
