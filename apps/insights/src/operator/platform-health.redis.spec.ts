import { describe, expect, it } from '@jest/globals';
import type { Instance } from '#libs/contracts/insights';
import { newId } from '#libs/kernel';
import { redisHealthOf, serviceHealth } from './platform-health.redis.js';

function anInstance(overrides: Partial<Instance> = {}): Instance {
  return {
    ...{ service: 'auth', id: newId(), host: 'h', version: '1.0.0', node: 'v20', missing: [], alive: true },
    ...{ startedAt: '2026-01-15T09:00:00.000Z', seenAt: '2026-01-15T09:00:00.000Z' },
    ...overrides,
  };
}

describe(serviceHealth.name, () => {
  it.each([
    ['ready', [anInstance()]],
    ['impaired', [anInstance(), anInstance({ missing: ['directory'] })]],
    ['impaired', [anInstance(), anInstance({ alive: false })]],
    ['down', [anInstance({ alive: false })]],
    ['down', [anInstance({ service: 'media' })]],
    ['unknown', null],
  ] as const)('is %s', (status, instances) => {
    expect(serviceHealth('auth', instances).status).toBe(status);
  });
});

describe(redisHealthOf.name, () => {
  it('reads what INFO says', () => {
    const info =
      '# Server\r\nredis_version:7.2.4\r\nused_memory:1024\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\nconnected_clients:7\r\n';
    expect(redisHealthOf(info)).toEqual({
      reachable: true,
      ...{ version: '7.2.4', usedBytes: 1024, mostBytes: null, clients: 7, policy: 'noeviction' },
    });
    expect(redisHealthOf('').version).toBeNull();
  });
});
