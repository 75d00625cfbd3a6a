import type { Mail } from './mail.js';

/** A mail that waits, and how often it was tried. */
export interface PendingMail {
  readonly mail: Mail;
  readonly attempts: number;
}

/** The outbox of the current tenant, from the other side. */
export abstract class MailRepository {
  abstract add(id: string, mail: Mail, at: Date): Promise<void>;

  /** Null when it was sent already. @throws MailMissing when there is none (yet) */
  abstract pending(id: string): Promise<PendingMail | null>;

  abstract recordFailure(id: string): Promise<void>;

  /** Forgets what was in it. */
  abstract recordSent(id: string, at: Date): Promise<void>;
}

/** The change that asked for the mail has not committed yet, or never will. */
export class MailMissing extends Error {
  override readonly name = 'MailMissing';
}
