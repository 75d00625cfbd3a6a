import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { TenantProfiles } from '../tenant/tenant-profile.js';
import { letterOf } from './letter.js';
import { retryAfterSeconds } from './mail.js';
import { MailRepository } from './mail.repository.js';
import { Mailer } from './mailer.js';

/** What became of a mail: it is gone (now or before), or was given up, or is to be tried again. */
export type Dispatch =
  | { readonly kind: 'sent' | 'given_up' }
  | { readonly kind: 'later'; readonly seconds: number; readonly attempts: number };

/** Sends a mail of the outbox, at least once. */
@Injectable()
export class SendMail {
  constructor(
    private readonly mails: MailRepository,
    private readonly mailer: Mailer,
    private readonly profiles: TenantProfiles,
    private readonly clock: Clock,
  ) {}

  /** @throws MailMissing */
  async execute(id: string): Promise<Dispatch> {
    const pending = await this.mails.pending(id);
    if (pending === null) return { kind: 'sent' };
    try {
      await this.mailer.send(letterOf(id, pending.mail, await this.profiles.current()));
    } catch {
      // Whatever the carrier has against it: the outbox keeps the mail and counts.
      await this.mails.recordFailure(id);
      const attempts = pending.attempts + 1;
      const seconds = retryAfterSeconds(attempts);
      return seconds === null ? { kind: 'given_up' } : { kind: 'later', seconds, attempts };
    }
    await this.mails.recordSent(id, this.clock.now());
    return { kind: 'sent' };
  }
}
