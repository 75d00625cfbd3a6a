import { Injectable } from '@nestjs/common';
import { apiKeyCreated, apiKeyRotated, type ApiKeyRotation } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, requireUserId, UnitOfWork } from '#libs/tenancy';
import { ApiKeyNotFound, ApiKeyOver, ExpiryInPast, ScopeBeyondOwn } from './api-key.errors.js';
import { newKeyText, type ApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { PublishApiKeys } from './publish-api-keys.use-case.js';

/** Gives a key a successor with the same scopes. The old one goes on for a while, so that programs can change over. */
@Injectable()
export class RotateApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly publishing: PublishApiKeys,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiKeyNotFound, ApiKeyOver, ScopeBeyondOwn, ExpiryInPast */
  async execute(id: string, rotation: ApiKeyRotation): Promise<{ apiKey: ApiKey; key: string }> {
    const createdBy = requireUserId();
    const now = this.clock.now();
    const { key, prefix, hash } = newKeyText();
    const { next, old } = await this.unitOfWork.run(async () => {
      const before = await this.keys.lock(id);
      if (before === null) throw new ApiKeyNotFound();
      if (before.revokedAt !== null || isOver(before.expiresAt, now)) throw new ApiKeyOver();
      const role = requireScopes(before);
      const until = new Date(now.getTime() + rotation.graceSeconds * 1000);
      const next: ApiKey = {
        ...before,
        ...{ id: newId(), prefix, hash, role, createdBy, createdAt: now },
        ...{ expiresAt: expiryOf(before, rotation, now), lastUsedAt: null, revokedAt: null },
      };
      await this.keys.add(next);
      const old = await this.keys.expire(id, until);
      const { name, scopes, expiresAt } = next;
      const successor = { apiKeyId: next.id, prefix, name, role, scopes: [...scopes] };
      const rotated = { apiKeyId: id, prefix: before.prefix, name, newApiKeyId: next.id, newPrefix: prefix };
      await this.events.appendAll([
        occurrence(apiKeyCreated, next.id, { ...successor, expiresAt: expiresAt?.toISOString() ?? null }),
        occurrence(apiKeyRotated, id, { ...rotated, until: until.toISOString() }),
      ]);
      return { next, old };
    });
    await this.publishing.now([next, old]);
    return { apiKey: next, key };
  }
}

/** Nobody makes a key that may more than himself, not as the successor of another either. */
function requireScopes({ scopes }: ApiKey) {
  const { permissions, role } = currentActor();
  const beyond = scopes.filter((scope) => !permissions.includes(scope));
  if (beyond.length > 0 || role === null) throw new ScopeBeyondOwn(beyond);
  return role;
}

function expiryOf({ createdAt, expiresAt }: ApiKey, rotation: ApiKeyRotation, now: Date): Date | null {
  if (rotation.expiresAt === undefined) {
    return expiresAt === null ? null : new Date(now.getTime() + (expiresAt.getTime() - createdAt.getTime()));
  }
  const given = rotation.expiresAt === null ? null : new Date(rotation.expiresAt);
  if (isOver(given, now)) throw new ExpiryInPast();
  return given;
}

function isOver(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
