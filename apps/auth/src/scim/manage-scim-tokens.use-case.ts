import { Injectable } from '@nestjs/common';
import {
  scimTokenCreated,
  scimTokenRevoked,
  scimTokenRotated,
  type NewScimToken,
} from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { ScimExpiryInPast, ScimTokenNotFound, TooManyScimTokens } from './scim.errors.js';
import { isGood, MOST_SCIM_TOKENS, newScimTokenText, type ScimToken } from './scim-token.js';
import { ScimTokenRepository } from './scim-token.repository.js';

export interface MadeScimToken {
  readonly made: ScimToken;
  /** In this answer and nowhere else. */
  readonly token: string;
}

@Injectable()
export class ManageScimTokens {
  constructor(
    private readonly tokens: ScimTokenRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ScimExpiryInPast, TooManyScimTokens */
  async create({ name, expiresAt }: NewScimToken): Promise<MadeScimToken> {
    const expires = expiresAt === null ? null : new Date(expiresAt);
    if (expires !== null && expires <= this.clock.now()) throw new ScimExpiryInPast();
    return this.unitOfWork.run(async () => {
      const { made, token } = await this.add(name, expires);
      const event = { scimTokenId: made.id, prefix: made.prefix, name, expiresAt };
      await this.events.append(scimTokenCreated, made.id, event);
      return { made, token };
    });
  }

  /** @throws ScimTokenNotFound, TooManyScimTokens */
  async rotate(id: string, graceSeconds: number): Promise<MadeScimToken> {
    return this.unitOfWork.run(async () => {
      const old = await this.tokens.byId(id);
      const now = this.clock.now();
      if (old === null || !isGood(old, now)) throw new ScimTokenNotFound();
      const life = old.expiresAt === null ? null : old.expiresAt.getTime() - old.createdAt.getTime();
      const { made, token } = await this.add(old.name, life === null ? null : new Date(now.getTime() + life));
      const until = new Date(now.getTime() + graceSeconds * 1000);
      await this.tokens.expire(id, until);
      await this.events.append(scimTokenRotated, id, {
        ...{ scimTokenId: id, prefix: old.prefix, name: old.name, newScimTokenId: made.id },
        until: until.toISOString(),
      });
      return { made, token };
    });
  }

  /** @throws ScimTokenNotFound */
  async revoke(id: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const revoked = await this.tokens.revoke(id, this.clock.now());
      if (revoked === null) throw new ScimTokenNotFound();
      const { prefix, name } = revoked;
      await this.events.append(scimTokenRevoked, id, { scimTokenId: id, prefix, name });
    });
  }

  private async add(name: string, expiresAt: Date | null): Promise<MadeScimToken> {
    const now = this.clock.now();
    if ((await this.tokens.countGood(now)) >= MOST_SCIM_TOKENS) throw new TooManyScimTokens(MOST_SCIM_TOKENS);
    const { token, prefix, hash } = newScimTokenText();
    const nothing = { lastUsedAt: null, revokedAt: null };
    const who = { createdBy: requireUserId(), createdAt: now };
    const made: ScimToken = { id: newId(), name, prefix, hash, ...who, expiresAt, ...nothing };
    await this.tokens.add(made);
    return { made, token };
  }
}
