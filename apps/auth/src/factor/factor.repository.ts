import type { FactorsOf, Passkey, TrustedDevice } from './factor.js';

/** Factors of people of the current tenant. */
export abstract class FactorRepository {
  /** Only what counts: an app that was never confirmed does not. */
  abstract of(userId: string): Promise<FactorsOf>;

  /** Keeps a secret until it is confirmed; one that is in use stays in use. */
  abstract putPendingTotp(userId: string, secret: Buffer, at: Date): Promise<void>;

  abstract pendingTotp(userId: string, since: Date): Promise<Buffer | null>;

  /** Puts the pending secret into use. `counter` is the step whose code confirmed it. */
  abstract confirmTotp(userId: string, counter: number, at: Date): Promise<void>;

  abstract totpSecret(userId: string): Promise<Buffer | null>;

  /** Takes the code of a step. False when that step or a later one was taken before. */
  abstract takeTotp(userId: string, counter: number, at: Date): Promise<boolean>;

  abstract removeTotp(userId: string): Promise<boolean>;

  /** False when somebody has that credential already. */
  abstract addPasskey(passkey: Passkey): Promise<boolean>;

  abstract passkeyByCredential(credentialId: string): Promise<Passkey | null>;

  /** Notes the use. False when the counter did not grow meanwhile: the same answer, or a copy of the key. */
  abstract usePasskey(id: string, counter: number, at: Date): Promise<boolean>;

  abstract removePasskey(userId: string, id: string): Promise<Passkey | null>;

  /** In place of all that there were. */
  abstract replaceRecoveryCodes(userId: string, hashes: readonly Buffer[], at: Date): Promise<void>;

  /** Spends a code. Of many that try at once, one succeeds. */
  abstract spendRecoveryCode(userId: string, hash: Buffer, at: Date): Promise<boolean>;

  abstract removeAll(userId: string): Promise<void>;
}

/** Devices that are asked for no second step. */
export abstract class TrustedDeviceRepository {
  abstract add(device: TrustedDevice): Promise<void>;

  abstract of(userId: string, now: Date): Promise<readonly TrustedDevice[]>;

  /** The device of a token if it is trusted still; the use is noted. */
  abstract use(userId: string, tokenHash: Buffer, now: Date): Promise<TrustedDevice | null>;

  abstract byToken(userId: string, tokenHash: Buffer, now: Date): Promise<TrustedDevice | null>;

  /** Ids of what was removed. All where no id is given. */
  abstract remove(userId: string, id?: string): Promise<readonly string[]>;
}
