import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/kernel';
import { requestsOfDays, requestsOfMonth } from '#libs/metrics';
import { currentTenant } from '#libs/tenancy';
import { Redis } from 'ioredis';
import { ApiUsage } from './api-usage.js';

@Injectable()
export class RedisApiUsage extends ApiUsage {
  constructor(private readonly redis: Redis) {
    super();
  }

  async requestsThisMonth(now: Date): Promise<number> {
    return known(requestsOfMonth(this.redis, currentTenant().id, now));
  }

  async requestsByDay(days: readonly string[]): Promise<readonly number[]> {
    return known(requestsOfDays(this.redis, currentTenant().id, days));
  }
}

async function known<R>(asking: Promise<R>): Promise<R> {
  try {
    return await asking;
  } catch (cause) {
    throw new DomainError('unavailable', 'usage.unavailable', 'The API usage is not known right now.', {
      retryAfterSeconds: 2,
      cause,
    });
  }
}
