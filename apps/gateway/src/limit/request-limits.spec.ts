import { describe, expect, it } from '@jest/globals';
import { RequestLimits } from './request-limits.js';

describe(RequestLimits.name, () => {
  const keyFor = async (ip: string): Promise<string> => {
    const keys: string[] = [];
    const take = (key: string, limit: number) => {
      keys.push(key);
      return { allowed: true, limit, remaining: limit, resetSeconds: 1 };
    };
    const limiter = { takeNow: take, take: async (key: string, limit: number) => take(key, limit) };
    await new RequestLimits({ limiter, visitorRequests: 1, guesses: 1 }).ofVisitor(ip);
    return keys.join();
  };

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', async (ip, network) => {
    expect(await keyFor(ip)).toBe(`visitor:${network}`);
  });
});
