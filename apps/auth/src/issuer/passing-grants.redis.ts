import { sha256 } from '#libs/crypto';
import { DomainError } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import type { Redis } from 'ioredis';
import { PassingGrants } from './passing-grants.js';

/** Longer than anything lives that can be used once. */
const CONSUMED_SECONDS = 3_600;

/** Keys of the current tenant, by the hash of what opens them; each with its end. Redis may lose them: one signs in again. */
export class RedisPassingGrants extends PassingGrants {
  constructor(private readonly redis: Redis) {
    super();
  }

  async put(kind: string, id: string, payload: object, seconds: number, grantId?: string): Promise<void> {
    const [key, life] = [nameOf(kind, id), Math.max(1, Math.ceil(seconds))];
    await this.ask(async () => {
      const writing = this.redis.multi().set(key, JSON.stringify(payload), 'EX', life);
      if (grantId !== undefined) {
        const all = nameOf('of', grantId);
        writing.sadd(all, key).expire(all, Math.max(life, CONSUMED_SECONDS));
      }
      return writing.exec();
    });
  }

  async find(kind: string, id: string): Promise<Record<string, unknown> | null> {
    const key = nameOf(kind, id);
    const [text, consumed] = await this.ask(async () => this.redis.mget(key, used(key)));
    if (text === null || text === undefined) return null;
    const payload = JSON.parse(text) as Record<string, unknown>;
    return consumed === null || consumed === undefined ? payload : { ...payload, consumed: Number(consumed) };
  }

  async consume(kind: string, id: string): Promise<boolean> {
    const at = Math.floor(Date.now() / 1000);
    const claimed = await this.ask(async () =>
      this.redis.set(used(nameOf(kind, id)), String(at), 'EX', CONSUMED_SECONDS, 'NX'),
    );
    return claimed === 'OK';
  }

  async remove(kind: string, id: string): Promise<void> {
    await this.ask(async () => this.redis.del(nameOf(kind, id)));
  }

  async removeGrant(grantId: string): Promise<void> {
    const all = nameOf('of', grantId);
    await this.ask(async () => this.redis.del(all, ...(await this.redis.smembers(all))));
  }

  private async ask<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (cause) {
      throw new DomainError('unavailable', 'app.unavailable', 'Signing in is away for a moment. Try again.', {
        cause,
        retryAfterSeconds: 2,
      });
    }
  }
}

const used = (key: string) => `${key}:used`;

function nameOf(kind: string, id: string): string {
  return `oidc:${currentTenant().id}:${kind}:${sha256(id).toString('base64url')}`;
}
