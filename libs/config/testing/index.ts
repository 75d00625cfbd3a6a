import { processEnvironment } from '#libs/config';

/** The Redis that the tests may use, at the numbered database of one test file. @throws Error when none is named. */
export function testRedisUrl(database: number): string {
  const server = processEnvironment()['HARKA_TEST_REDIS_URL'];
  if (server === undefined || server === '') {
    throw new Error('HARKA_TEST_REDIS_URL is not set: run `npm test`, or name a Redis.');
  }
  return new URL(`/${database}`, server).href;
}
