import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/kernel';
import { requestsOfMonth } from '#libs/metrics';
import { currentTenant } from '#libs/tenancy';
import { Redis } from 'ioredis';
import { ApiUsage } from './api-usage.js';

@Injectable()
export class RedisApiUsage extends ApiUsage {
  constructor(private readonly redis: Redis) {
    super();
  }

  async requestsThisMonth(now: Date): Promise<number> {
    try {
      return await requestsOfMonth(this.redis, currentTenant().id, now);
    } catch (cause) {
      throw new DomainError('unavailable', 'usage.unavailable', 'The API usage is not known right now.', {
        retryAfterSeconds: 2,
        cause,
      });
    }
  }
}
