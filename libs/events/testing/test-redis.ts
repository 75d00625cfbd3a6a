import { processEnvironment } from '#libs/config';
import { Redis } from 'ioredis';

/** A Redis database of one test file, empty. @throws Error when the environment names no Redis. */
export async function testRedis(database: number): Promise<Redis> {
  const url = processEnvironment()['HARKA_TEST_REDIS_URL'];
  if (url === undefined || url === '') {
    throw new Error('HARKA_TEST_REDIS_URL is not set: run `npm test`, or name a Redis.');
  }
  const redis = new Redis(url, { db: database, maxRetriesPerRequest: 1 });
  await redis.flushdb();
  return redis;
}
