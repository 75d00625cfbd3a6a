import type { Mail } from './mail.js';

/** Mails that the current transaction asks for: they are sent after it has committed, and never without it. */
export abstract class MailOutbox {
  abstract put(mail: Mail): Promise<void>;
}
