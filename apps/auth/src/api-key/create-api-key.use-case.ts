import { Injectable } from '@nestjs/common';
import { apiKeyCreated, type NewApiKey } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, requireUserId, UnitOfWork } from '#libs/tenancy';
import { ExpiryInPast, ScopeBeyondOwn, TooManyApiKeys } from './api-key.errors.js';
import { newKeyText, type ApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { PublishApiKeys } from './publish-api-keys.use-case.js';

const MOST_KEYS = 500;

/** Makes a key for programs. It may at most what its maker may, and goes when the maker goes. */
@Injectable()
export class CreateApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly publishing: PublishApiKeys,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The key itself is in this answer and nowhere else. @throws ScopeBeyondOwn, ExpiryInPast, TooManyApiKeys */
  async execute({ name, scopes, expiresAt }: NewApiKey): Promise<{ apiKey: ApiKey; key: string }> {
    const createdBy = requireUserId();
    await this.entitlements.require('apiAccess');
    const { permissions, role } = currentActor();
    const beyond = scopes.filter((scope) => !permissions.includes(scope));
    if (beyond.length > 0 || role === null) throw new ScopeBeyondOwn(beyond);
    const now = this.clock.now();
    const expires = expiresAt === null ? null : new Date(expiresAt);
    if (expires !== null && expires <= now) throw new ExpiryInPast();
    const { key, prefix, hash } = newKeyText();
    const nothing = { lastUsedAt: null, revokedAt: null };
    const apiKey: ApiKey = {
      ...{ id: newId(), name, prefix, hash, role, createdBy, createdAt: now, expiresAt: expires, ...nothing },
      scopes: [...new Set(scopes)],
    };
    await this.unitOfWork.run(async () => {
      if ((await this.keys.countUsable(now)) >= MOST_KEYS) throw new TooManyApiKeys(MOST_KEYS);
      await this.keys.add(apiKey);
      const event = { apiKeyId: apiKey.id, prefix, name, role, expiresAt, scopes: [...apiKey.scopes] };
      await this.events.append(apiKeyCreated, apiKey.id, event);
    });
    await this.publishing.now([apiKey]);
    return { apiKey, key };
  }
}
