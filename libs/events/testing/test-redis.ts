import { testRedisUrl } from '#libs/config/testing';
import { Redis } from 'ioredis';

/** A Redis database of one test file, empty. */
export async function testRedis(database: number): Promise<Redis> {
  const redis = new Redis(testRedisUrl(database), { maxRetriesPerRequest: 1 });
  await redis.flushdb();
  return redis;
}
