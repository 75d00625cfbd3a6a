import type { Redis } from 'ioredis';
import { within } from '../patience.js';
import { BudgetStore, type Draw, type Drawn } from './budget-store.js';

/** How long an answer is waited for, in milliseconds: a limiter must never be what makes a request slow. */
const PATIENCE = 200;
/** Two windows: a key outlives its own window even where clocks differ a little. */
const KEPT_SECONDS = 120;

const draw = `
local left = tonumber(ARGV[2]) - tonumber(redis.call('GET', KEYS[1]) or '0')
if left <= 0 then return {0, 0} end
local granted = math.min(tonumber(ARGV[1]), math.max(1, math.floor(left / 4)))
redis.call('INCRBY', KEYS[1], granted)
redis.call('EXPIRE', KEYS[1], ${KEPT_SECONDS})
return {granted, left - granted}`;

interface ScriptedRedis {
  drawBudget(key: string, wanted: number, limit: number): Promise<[number, number]>;
}

export class RedisBudgetStore extends BudgetStore {
  private readonly redis: ScriptedRedis;
  private readonly patienceMs: number;

  constructor(redis: Redis, { patienceMs = PATIENCE }: { readonly patienceMs?: number } = {}) {
    super();
    this.patienceMs = patienceMs;
    redis.defineCommand('drawBudget', { numberOfKeys: 1, lua: draw });
    this.redis = redis as unknown as ScriptedRedis;
  }

  async draw({ key, window, wanted, limit }: Draw): Promise<Drawn> {
    const answer = this.redis.drawBudget(`rate:{${key}}:${window}`, wanted, limit);
    const [granted, left] = await within(this.patienceMs, answer);
    return { granted, left };
  }
}
