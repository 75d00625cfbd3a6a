import { Injectable } from '@nestjs/common';
import { mailRequested } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { MailOutbox } from './mail-outbox.js';
import { MailRepository } from './mail.repository.js';
import type { Mail } from './mail.js';

/** Writes the mail down, and an event that has it sent. */
@Injectable()
export class RecordedMailOutbox extends MailOutbox {
  constructor(
    private readonly mails: MailRepository,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {
    super();
  }

  async put(mail: Mail): Promise<void> {
    const id = newId();
    await this.mails.add(id, { ...mail, to: { email: mail.to.email, name: mail.to.name } }, this.clock.now());
    await this.events.append(mailRequested, id, { mailId: id, template: mail.template });
  }
}
