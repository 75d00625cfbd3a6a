import type { Issuer, IssuerKey } from './issuer.js';

/** The current tenant as an issuer. */
export abstract class IssuerRepository {
  /** Null while there was never an app. */
  abstract current(): Promise<Issuer | null>;
  /** The same, and nobody else changes it until the transaction ends. */
  abstract lock(): Promise<Issuer | null>;
  /** Does nothing where there is one. */
  abstract open(origin: string, pairwiseSalt: Buffer, at: Date): Promise<void>;
  abstract addKeys(keys: readonly IssuerKey[]): Promise<void>;
  /** Ends the time of all keys that are not over. */
  abstract retireKeys(at: Date, revoke: boolean): Promise<void>;
  /** Forgets keys that nothing can need any more. */
  abstract forgetKeys(before: Date): Promise<void>;
}
