/** A mail, ready to go. */
export interface Letter {
  /** The same for each attempt, so that a mail that was handed over twice can be told to be one. */
  readonly id: string;
  /** The tenant's name as the sender's. */
  readonly from: string;
  /** Where an answer goes, where somebody reads it. */
  readonly replyTo?: string | undefined;
  readonly to: { readonly email: string; readonly name: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mails over to whatever carries them. */
export abstract class Mailer {
  abstract send(letter: Letter): Promise<void>;

  /** Deletes what it keeps itself of letters to the address; answers how many. What was carried away is gone from here. */
  abstract forget(email: string): Promise<number>;
}
