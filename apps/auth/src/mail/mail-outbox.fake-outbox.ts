import { MailOutbox } from './mail-outbox.js';
import type { Mail } from './mail.js';

/** Keeps the mails for a test to read. */
export class FakeMailOutbox extends MailOutbox {
  readonly mails: Mail[] = [];

  async put(mail: Mail): Promise<void> {
    this.mails.push(mail);
  }

  /** The token at the end of the last link. */
  get lastToken(): string {
    return /#token=(.+)$/.exec(this.mails.at(-1)?.link ?? '')?.[1] ?? '';
  }
}
