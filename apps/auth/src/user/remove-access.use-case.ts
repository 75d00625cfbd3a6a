import { Injectable } from '@nestjs/common';
import { apiKeyRevoked } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import type { ApiKey } from '../api-key/api-key.js';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { PublishApiKeys } from '../api-key/publish-api-keys.use-case.js';
import { EndSessions } from '../session/end-sessions.use-case.js';
import { SessionRevocations } from '../session/session-revocations.js';

/** What is to be told to everybody once the change has committed. */
export interface RemovedAccess {
  readonly sessionIds: readonly string[];
  readonly apiKeys: readonly ApiKey[];
}

/** Takes away what somebody holds: sessions and API keys. For who is deactivated, or may do less than before. */
@Injectable()
export class RemoveAccess {
  constructor(
    private readonly ending: EndSessions,
    private readonly revocations: SessionRevocations,
    private readonly keys: ApiKeyRepository,
    private readonly publishing: PublishApiKeys,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Within the change that is the reason for it. */
  async execute(userId: string, reason: 'deactivated' | 'role_changed'): Promise<RemovedAccess> {
    const sessionIds = await this.ending.execute(userId, reason);
    const apiKeys = await this.keys.revokeAllOf(userId, this.clock.now());
    const why = reason === 'deactivated' ? 'owner_deactivated' : 'role_changed';
    const revoked = apiKeys.map(({ id, prefix }) =>
      occurrence(apiKeyRevoked, id, { apiKeyId: id, prefix, reason: why }),
    );
    if (revoked.length > 0) await this.events.appendAll(revoked);
    return { sessionIds, apiKeys };
  }

  /** After it. */
  async announce({ sessionIds, apiKeys }: RemovedAccess): Promise<void> {
    await this.revocations.announce(currentTenant().id, sessionIds);
    await this.publishing.now(apiKeys);
  }
}
