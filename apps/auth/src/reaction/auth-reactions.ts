import { Injectable } from '@nestjs/common';
import {
  ACCESS_TOKEN_LIFETIME,
  apiKeyCreated,
  apiKeyRevoked,
  apiKeyRotated,
  mailRequested,
  sessionEnded,
  signInPolicyChanged,
  userImportStarted,
  userImportUploaded,
} from '#libs/contracts/auth';
import { defineProjection, type Projection, type StoredEventOf } from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { TenantQueue } from '#libs/queue';
import { PublishApiKeys } from '../api-key/publish-api-keys.use-case.js';
import { TellApps } from '../issuer/tell-apps.use-case.js';
import { sendMailJob } from '../mail/send-mail.job.js';
import { advanceImportJob } from '../user-import/advance-import.job.js';
import { isAboutSessions } from '../sign-in-policy/sign-in-policy.js';
import { SessionRevocations } from '../session/session-revocations.js';

const events = [
  sessionEnded,
  signInPolicyChanged,
  apiKeyCreated,
  apiKeyRevoked,
  apiKeyRotated,
  mailRequested,
  userImportStarted,
  userImportUploaded,
] as const;
type Event = StoredEventOf<(typeof events)[number]>;

/**
 * What has to happen outside of the shard because of something that happened in it: the second attempt of what was
 * tried at once, and the first at sending a mail. It is repeated until it succeeds, so each may happen twice.
 */
@Injectable()
export class AuthReactions {
  readonly projection: Projection = defineProjection({
    name: 'auth.reactions',
    tables: [],
    events,
    apply: async (event) => this.react(event),
  });

  constructor(
    private readonly keys: PublishApiKeys,
    private readonly revocations: SessionRevocations,
    private readonly apps: TellApps,
    private readonly queue: TenantQueue,
    private readonly clock: Clock,
  ) {}

  private async react(event: Event): Promise<void> {
    switch (event.type) {
      case 'auth.session.ended':
        await this.apps.plan(event.payload.sessionId);
        return this.announce(event.occurredAt, async () =>
          this.revocations.announce(event.tenantId, [event.payload.sessionId]),
        );
      case 'auth.sign_in_policy.changed':
        if (!isAboutSessions(event.payload.changed)) return;
        return this.announce(event.occurredAt, async () =>
          this.revocations.announceRules(event.tenantId, event.occurredAt),
        );
      case 'auth.api_key.created':
      case 'auth.api_key.revoked':
      case 'auth.api_key.rotated':
        return this.keys.byId(event.payload.apiKeyId);
      case 'auth.user_import.uploaded':
      case 'auth.user_import.started':
        return this.advance(event.payload.importId, event.type);
      case 'auth.mail.requested':
        return this.queue.add(sendMailJob, { mailId: event.payload.mailId }, { key: event.payload.mailId });
    }
  }

  private async advance(importId: string, why: string): Promise<void> {
    await this.queue.add(advanceImportJob, { importId }, { key: `${importId}:${why}` });
  }

  private async announce(since: Date, telling: () => Promise<boolean>): Promise<void> {
    const age = this.clock.now().getTime() - since.getTime();
    if (age > ACCESS_TOKEN_LIFETIME * 1000) return;
    if (await telling()) return;
    throw new DomainError(
      'unavailable',
      'auth.revocation_unheard',
      'The end of a session could not be announced.',
    );
  }
}
