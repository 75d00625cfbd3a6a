import type { Registration } from './registration.js';

/** Registrations of the current tenant that wait for their address to be proved. */
export abstract class RegistrationRepository {
  /** Also deletes those that have expired. */
  abstract add(registration: Registration, tokenHash: Buffer): Promise<void>;

  /** The newest of an address that has not expired. */
  abstract latestOf(email: string, now: Date): Promise<Registration | null>;

  /** Takes the registration of the link away, with all others of its address. Null when there is none, or it is too old. */
  abstract redeem(tokenHash: Buffer, now: Date): Promise<Registration | null>;
}
