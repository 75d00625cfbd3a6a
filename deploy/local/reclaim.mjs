import { say } from './console.mjs';
import { PrivatePostgres } from './postgres.mjs';
import { PrivateRedis } from './redis.mjs';
import { DRAIN } from './services.mjs';

/** A whole platform drains by itself and needs longest. */
const PLATFORM = [
  ['SIGTERM', 60_000],
  ['SIGKILL', 5_000],
];
const SIGNALS = { platform: PLATFORM, services: DRAIN, redis: PrivateRedis.signals };

/** Ends what a start that was killed outright left running on this data folder. */
export async function reclaim(data, children) {
  const names = await children.reclaim((name) => SIGNALS[name]);
  if (await PrivatePostgres.reclaim(data)) names.push('postgres');
  if (names.length > 0) say(`  ✓  Ended what an earlier start had left running (${names.join(', ')})`);
}
