import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '#libs/kernel';
import { statusOfKind } from '#libs/service';
import { currentContext, currentTenant, runInContext } from '#libs/tenancy';
import { ScimTokenInvalid } from './scim.errors.js';
import { isGood, scimActor, shownHash, type ScimToken } from './scim-token.js';
import { ScimTokenRepository } from './scim-token.repository.js';

interface Known {
  readonly token: ScimToken;
  readonly until: number;
  usedAt: number;
}

/** A token that was revoked is believed for so long at most. */
const BELIEVED_MS = 2_000;
const KEPT = 5_000;
const USE_EVERY_MS = 30_000;

/** Lets identity providers in by their token, which is one of the academy at whose host they ask. */
@Injectable()
export class ScimDoor {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly tokens: ScimTokenRepository,
    private readonly clock: Clock,
  ) {}

  /** Runs the work in the name of the token. What fails is kept for the academy to see. @throws ScimTokenInvalid */
  async enter<R>(authorization: string | undefined, operation: string, work: () => Promise<R>): Promise<R> {
    const token = await this.tokenOf(authorization);
    return runInContext({ ...currentContext(), actor: scimActor(token) }, async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof DomainError) await this.keep(operation, error);
        throw error;
      }
    });
  }

  private async tokenOf(authorization: string | undefined): Promise<ScimToken> {
    const hash = shownHash(authorization);
    if (hash === null) throw new ScimTokenInvalid();
    const key = `${currentTenant().id} ${hash.toString('base64')}`;
    const now = this.clock.now();
    const entry = this.known.get(key);
    const known =
      entry !== undefined && entry.until > now.getTime() ? entry : await this.read(key, hash, entry);
    if (!isGood(known.token, now)) throw new ScimTokenInvalid();
    if (now.getTime() - known.usedAt > USE_EVERY_MS) {
      known.usedAt = now.getTime();
      await this.tokens.recordUse(known.token.id, now);
    }
    return known.token;
  }

  private async read(key: string, hash: Buffer, before: Known | undefined): Promise<Known> {
    const token = await this.tokens.byHash(hash);
    if (token === null) throw new ScimTokenInvalid();
    if (this.known.size >= KEPT) this.known.clear();
    const now = this.clock.now().getTime();
    const known: Known = { token, until: now + BELIEVED_MS, usedAt: before?.usedAt ?? 0 };
    this.known.set(key, known);
    return known;
  }

  private async keep(operation: string, { kind, code, message }: DomainError): Promise<void> {
    // Nobody there is what a provider asks before it makes somebody.
    if (kind === 'not_found') return;
    const failure = {
      at: this.clock.now(),
      operation,
      status: statusOfKind(kind),
      code,
      detail: message.slice(0, 500),
    };
    await this.tokens.recordFailure(newId(), failure);
  }
}
