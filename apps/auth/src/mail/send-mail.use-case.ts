import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { TenantProfiles } from '../tenant/tenant-profile.js';
import { letterOf } from './letter.js';
import { retryAfterSeconds } from './mail.js';
import type { Mail } from './mail.js';
import { MailRepository } from './mail.repository.js';
import { Mailer, type Letter } from './mailer.js';

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
      await this.mailer.send(await this.letter(id, pending.mail));
    } catch (error) {
      // Whatever the carrier has against it: the outbox keeps the mail and counts.
      await this.mails.recordFailure(id, reasonOf(error));
      const attempts = pending.attempts + 1;
      const seconds = retryAfterSeconds(attempts);
      return seconds === null ? { kind: 'given_up' } : { kind: 'later', seconds, attempts };
    }
    await this.mails.recordSent(id, this.clock.now());
    return { kind: 'sent' };
  }

  private async letter(id: string, mail: Mail): Promise<Letter> {
    const home =
      mail.link !== undefined && URL.canParse(mail.link)
        ? new URL(mail.link).origin
        : this.profiles.homeOrigin();
    return letterOf(id, mail, await this.profiles.current(), home);
  }
}

/** The kind of failure and no word of the mail: carriers quote addresses. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = (error ?? {}) as {
    readonly code?: unknown;
    readonly responseCode?: unknown;
  };
  const kind = typeof code === 'string' && /^[A-Z0-9_]{2,30}$/.test(code) ? code : 'FAILED';
  return typeof responseCode === 'number' ? `${kind} ${responseCode}` : kind;
}
