/**
 * KEYS[1] is always the tenant's generation. Beside the entries a generation has a ledger:
 * `g<n>#order` (keys by age), `g<n>#due` (keys by end of life), `g<n>#sizes` (bytes by key, and in `*` their sum).
 */
const GENERATION = `local generation = redis.call('GET', KEYS[1]) or '0'
local base = ARGV[1] .. 'g' .. generation
`;

const FORGET = `local function forget(key)
  local size = redis.call('HGET', base .. '#sizes', '=' .. key)
  redis.call('UNLINK', base .. ':' .. key)
  redis.call('ZREM', base .. '#order', key)
  redis.call('ZREM', base .. '#due', key)
  if size then
    redis.call('HDEL', base .. '#sizes', '=' .. key)
    redis.call('HINCRBY', base .. '#sizes', '*', -tonumber(size))
  end
end
`;

/** ARGV: prefix, key. */
export const GET = `${GENERATION}return redis.call('GET', base .. ':' .. ARGV[2])`;

/** ARGV: prefix, key. Answers with the generation and the value. */
export const GET_WITH_GENERATION = `${GENERATION}return { generation, redis.call('GET', base .. ':' .. ARGV[2]) }`;

/** ARGV: prefix, key. */
export const REMOVE = `${GENERATION}${FORGET}forget(ARGV[2])`;

/**
 * ARGV: prefix, key, value, ttl in seconds, quota in bytes, now in ms, expected generation or '', life of the ledger.
 * Entries whose life is over leave the ledger first, then the oldest ones, until the new one fits.
 */
export const SET = `${GENERATION}${FORGET}
if ARGV[7] ~= '' and ARGV[7] ~= generation then return 0 end
local size, quota, now = #ARGV[2] + #ARGV[3], tonumber(ARGV[5]), tonumber(ARGV[6])
forget(ARGV[2])
if size > quota then return 0 end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', base .. '#due', '-inf', now, 'LIMIT', 0, 100)) do forget(key) end
while tonumber(redis.call('HGET', base .. '#sizes', '*') or '0') + size > quota do
  local oldest = redis.call('ZRANGE', base .. '#order', 0, 0)[1]
  if not oldest then break end
  forget(oldest)
end
redis.call('SET', base .. ':' .. ARGV[2], ARGV[3], 'EX', ARGV[4])
redis.call('ZADD', base .. '#due', now + tonumber(ARGV[4]) * 1000, ARGV[2])
redis.call('ZADD', base .. '#order', redis.call('HINCRBY', base .. '#sizes', '+', 1), ARGV[2])
redis.call('HSET', base .. '#sizes', '=' .. ARGV[2], size)
redis.call('HINCRBY', base .. '#sizes', '*', size)
for _, ledger in ipairs({ '#order', '#due', '#sizes' }) do redis.call('EXPIRE', base .. ledger, ARGV[8]) end
redis.call('EXPIRE', KEYS[1], 2 * ARGV[8])
return 1`;

/**
 * ARGV: life of the counter in seconds. It outlives every entry, or an old generation could come round again.
 * Answers with the generation that is over.
 */
export const INVALIDATE = `local before = redis.call('GET', KEYS[1]) or '0'
redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return before`;

/** KEYS[1]: the old generation's order. ARGV: prefix, generation, how many. Answers with how many it removed. */
export const DRAIN = `local base = ARGV[1] .. 'g' .. ARGV[2]
local keys = redis.call('ZPOPMIN', KEYS[1], ARGV[3])
for place = 1, #keys, 2 do redis.call('UNLINK', base .. ':' .. keys[place]) end
if #keys == 0 then redis.call('UNLINK', base .. '#due', base .. '#sizes') end
return #keys`;
