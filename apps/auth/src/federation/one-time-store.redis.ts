import { sha256 } from '#libs/crypto';
import { DomainError } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import type { Redis } from 'ioredis';
import { OneTimeStore } from './one-time-store.js';

/** Keys of the current tenant in Redis. What was asked for once is gone for everybody: `GETDEL` and `SET NX` are atomic. */
export class RedisOneTimeStore extends OneTimeStore {
  constructor(private readonly redis: Redis) {
    super();
  }

  async put(kind: string, key: string, value: unknown, seconds: number): Promise<void> {
    await this.ask(async () => this.redis.set(nameOf(kind, key), JSON.stringify(value), 'EX', seconds));
  }

  async read(kind: string, key: string): Promise<unknown> {
    return parsed(await this.ask(async () => this.redis.get(nameOf(kind, key))));
  }

  async take(kind: string, key: string): Promise<unknown> {
    return parsed(await this.ask(async () => this.redis.getdel(nameOf(kind, key))));
  }

  async claim(kind: string, key: string, seconds: number): Promise<boolean> {
    const claimed = await this.ask(async () =>
      this.redis.set(nameOf(kind, key), '1', 'EX', Math.max(1, seconds), 'NX'),
    );
    return claimed === 'OK';
  }

  private async ask<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (cause) {
      throw new DomainError('unavailable', 'sso.unavailable', 'Signing in is away for a moment. Try again.', {
        cause,
        retryAfterSeconds: 2,
      });
    }
  }
}

function nameOf(kind: string, key: string): string {
  return `sso:${currentTenant().id}:${kind}:${sha256(key).toString('base64url')}`;
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
