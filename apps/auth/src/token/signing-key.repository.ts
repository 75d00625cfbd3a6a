import type { SigningKey } from './signing-key.js';

/** What one change does to the keys of the platform. */
export interface KeyChange {
  readonly added?: SigningKey;
  /** Keys whose time ends now. */
  readonly retired?: readonly string[];
  readonly revoked?: readonly string[];
}

/** The signing keys of the platform. */
export abstract class SigningKeyRepository {
  abstract all(): Promise<readonly SigningKey[]>;

  /** Changes the keys by what they are; one process at a time. Answers what they are then. */
  abstract change(
    decide: (keys: readonly SigningKey[]) => Promise<KeyChange>,
    now: Date,
  ): Promise<readonly SigningKey[]>;
}
