import type { Mail } from './mail.js';

/** A mail that waits, and how often it was tried. */
export interface PendingMail {
  readonly mail: Mail;
  readonly attempts: number;
}

/** The outbox of the current tenant, from the other side. */
export abstract class MailRepository {
  /** Throws away what waits to be sent to the address; answers how many. */
  abstract forget(email: string): Promise<number>;

  abstract add(id: string, mail: Mail, at: Date): Promise<void>;

  /** Null when it was sent already. @throws MailMissing when there is none (yet) */
  abstract pending(id: string): Promise<PendingMail | null>;

  /** @param reason a kind, without a word of the mail */
  abstract recordFailure(id: string, reason: string): Promise<void>;

  /** Attempts count anew. False when there is none that waits. */
  abstract resume(id: string): Promise<boolean>;

  /** Forgets what was in it. */
  abstract recordSent(id: string, at: Date): Promise<void>;
}

/** The change that asked for the mail has not committed yet, or never will. */
export class MailMissing extends Error {
  override readonly name = 'MailMissing';
}
