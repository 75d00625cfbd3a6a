/** What is good once and for a short time: begun sign-ins, verified results on their way to the browser, tests. */
export abstract class OneTimeStore {
  /** @throws SignInUnavailable */
  abstract put(kind: string, key: string, value: unknown, seconds: number): Promise<void>;

  abstract read(kind: string, key: string): Promise<unknown>;

  /** The value, for the first who asks; null for all others. */
  abstract take(kind: string, key: string): Promise<unknown>;

  /** True for the first who claims the key. */
  abstract claim(kind: string, key: string, seconds: number): Promise<boolean>;
}
