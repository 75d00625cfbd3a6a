import { Injectable } from '@nestjs/common';
import { apiKeyRevoked } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { ApiKeyNotFound } from './api-key.errors.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { PublishApiKeys } from './publish-api-keys.use-case.js';

/** Revokes a key, for good. Doing it again does no harm. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly publishing: PublishApiKeys,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiKeyNotFound */
  async execute(id: string): Promise<void> {
    const key = await this.unitOfWork.run(async () => {
      const revoked = await this.keys.revoke(id, this.clock.now());
      if (revoked === null) throw new ApiKeyNotFound();
      if (revoked.isNew) {
        const event = { apiKeyId: id, prefix: revoked.key.prefix, reason: 'revoked' as const };
        await this.events.append(apiKeyRevoked, id, event);
      }
      return revoked.key;
    });
    await this.publishing.now([key]);
  }
}
