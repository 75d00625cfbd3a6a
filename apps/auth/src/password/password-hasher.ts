/** Makes and checks password hashes, off the event loop and only so many at a time. */
export abstract class PasswordHasher {
  /** @throws HashingBusy when too many wait. */
  abstract hash(password: string): Promise<string>;

  /**
   * Whether the password is the one behind the hash. Without a hash the answer is no, after the same time: nobody
   * learns from the clock who has a password here.
   * @throws HashingBusy when too many wait.
   */
  abstract verify(password: string, hash: string | null): Promise<boolean>;

  /** Whether the hash is cheaper than hashes made now. */
  abstract isOutdated(hash: string): boolean;
}
