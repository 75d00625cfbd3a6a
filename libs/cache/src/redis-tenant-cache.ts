import { termsOf } from '#libs/entitlements';
import type { ServiceMetrics } from '#libs/metrics';
import { currentTenant, type TenantRef } from '#libs/tenancy';
import type { Redis } from 'ioredis';
import type { Counter } from 'prom-client';
import { DRAIN, GET, GET_WITH_GENERATION, INVALIDATE, REMOVE, SET } from './cache-scripts.js';
import { TenantCache } from './tenant-cache.js';

/** Longest life of an entry: what an invalidation leaves behind is gone after this at the latest. */
const LONGEST_SECONDS = 24 * 3600;
const DRAIN_BATCH = 500;

export interface RedisTenantCacheOptions {
  /** Bytes that a tenant's entries may take, by default those of its plan; its oldest entries make room for new ones. */
  readonly quota?: (tenant: TenantRef) => number;
  readonly metrics?: ServiceMetrics;
  /** Hears of what went wrong: a cache in trouble is slow, and nobody else would notice. */
  readonly failed?: (error: unknown) => void;
}

/**
 * Keys are `tenant:{<id>}:g<generation>:<key>`; the braces keep a tenant's keys on one node of a cluster. A tenant is
 * invalidated by a new generation; what the old one held is removed afterwards, a batch at a time.
 */
export class RedisTenantCache extends TenantCache {
  private readonly quota: (tenant: TenantRef) => number;
  private readonly failed: (error: unknown) => void;
  private readonly reads: Counter<'outcome'> | undefined;
  /** Tenants whose invalidation Redis has not heard yet: to them the cache is empty until it has. */
  private readonly owed = new Set<string>();

  constructor(
    private readonly redis: Redis,
    options: RedisTenantCacheOptions = {},
  ) {
    super();
    this.quota = options.quota ?? (({ plan }) => termsOf(plan).limits.cacheBytes ?? Infinity);
    this.failed = options.failed ?? (() => undefined);
    this.reads = options.metrics?.counter({
      name: 'cache_reads_total',
      help: 'Reads of the cache of tenants: hit, miss, or away when Redis did not answer',
      labels: ['outcome'],
    });
  }

  async get<V>(key: string): Promise<V | undefined> {
    const found = await this.attempt((prefix) => this.redis.eval(GET, 1, `${prefix}g`, prefix, key));
    this.count(found === undefined ? 'away' : found === null ? 'miss' : 'hit');
    return typeof found === 'string' ? (JSON.parse(found) as V) : undefined;
  }

  async set(key: string, value: unknown, ttlSeconds: number): Promise<void> {
    await this.store(key, value, ttlSeconds, '');
  }

  async remove(key: string): Promise<void> {
    await this.attempt((prefix) => this.redis.eval(REMOVE, 1, `${prefix}g`, prefix, key));
  }

  async invalidateTenant(): Promise<void> {
    const { id } = currentTenant();
    this.owed.add(id);
    await this.attempt(async () => undefined);
  }

  async remember<V>(key: string, ttlSeconds: number, load: () => Promise<V>): Promise<V> {
    const answer = await this.attempt((prefix) =>
      this.redis.eval(GET_WITH_GENERATION, 1, `${prefix}g`, prefix, key),
    );
    if (!isAnswer(answer)) {
      this.count('away');
      return load();
    }
    const [generation, found] = answer;
    this.count(found === null ? 'miss' : 'hit');
    if (found !== null) return JSON.parse(found) as V;
    const value = await load();
    await this.store(key, value, ttlSeconds, generation);
    return value;
  }

  private count(outcome: 'hit' | 'miss' | 'away'): void {
    this.reads?.inc({ outcome });
  }

  /** With a `generation`, the value is kept only if that is still the tenant's. */
  private async store(key: string, value: unknown, ttlSeconds: number, generation: string): Promise<void> {
    if (value === undefined) return;
    const text = JSON.stringify(value);
    const ttl = Math.max(1, Math.min(ttlSeconds, LONGEST_SECONDS));
    const quota = this.quota(currentTenant());
    await this.attempt((prefix) =>
      this.redis.eval(
        SET,
        1,
        `${prefix}g`,
        prefix,
        key,
        text,
        ttl,
        quota,
        Date.now(),
        generation,
        LONGEST_SECONDS,
      ),
    );
  }

  /** Undefined when Redis is away or does not know the tenant's last invalidation yet. */
  private async attempt(work: (prefix: string) => Promise<unknown>): Promise<unknown> {
    const { id } = currentTenant();
    // A command given to a closed connection would wait for it: a miss is the faster answer.
    if (this.redis.status !== 'ready') return undefined;
    try {
      if (this.owed.has(id)) await this.payInvalidation(id);
      return await work(prefixOf(id));
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  private async payInvalidation(tenantId: string): Promise<void> {
    const prefix = prefixOf(tenantId);
    const left = await this.redis.eval(INVALIDATE, 1, `${prefix}g`, LONGEST_SECONDS * 2);
    this.owed.delete(tenantId);
    void this.drain(prefix, String(left));
  }

  private async drain(prefix: string, generation: string): Promise<void> {
    try {
      const ledger = `${prefix}g${generation}#order`;
      while (Number(await this.redis.eval(DRAIN, 1, ledger, prefix, generation, DRAIN_BATCH)) > 0);
    } catch (error) {
      this.failed(error);
    }
  }
}

function prefixOf(tenantId: string): string {
  return `tenant:{${tenantId}}:`;
}

function isAnswer(answer: unknown): answer is [generation: string, found: string | null] {
  return Array.isArray(answer) && typeof answer[0] === 'string';
}
