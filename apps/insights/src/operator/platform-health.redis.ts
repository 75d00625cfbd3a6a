import { Injectable } from '@nestjs/common';
import { serviceNames } from '#libs/contracts';
import type { Instance, PlatformHealth } from '#libs/contracts/insights';
import { Clock } from '#libs/kernel';
import { readInstances } from '#libs/service';
import { Redis } from 'ioredis';

type RedisHealth = PlatformHealth['redis'];
type ServiceHealth = PlatformHealth['services'][number];

const unreachable: RedisHealth = {
  reachable: false,
  ...{ version: null, usedBytes: null, mostBytes: null, clients: null, policy: null },
};

/** How the platform's own processes are: each tells by itself, and who falls silent is missed. */
@Injectable()
export class PlatformHealthReader {
  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<PlatformHealth> {
    const now = this.clock.now();
    const [instances, redis] = await Promise.all([this.instances(now), this.redisHealth()]);
    return {
      checkedAt: now.toISOString(),
      services: serviceNames.map((service) => serviceHealth(service, instances)),
      redis,
    };
  }

  private async instances(now: Date): Promise<Instance[] | null> {
    try {
      const found = await readInstances(this.redis, now.getTime());
      return found.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
    } catch {
      return null;
    }
  }

  private async redisHealth(): Promise<RedisHealth> {
    try {
      return redisHealthOf(await this.redis.info());
    } catch {
      return unreachable;
    }
  }
}

/** Null: nobody could be asked. */
export function serviceHealth(
  service: ServiceHealth['service'],
  all: readonly Instance[] | null,
): ServiceHealth {
  if (all === null) return { service, status: 'unknown', instances: [] };
  const instances = all.filter((instance) => instance.service === service);
  const alive = instances.filter((instance) => instance.alive);
  if (alive.length === 0) return { service, status: 'down', instances };
  const isWell = alive.length === instances.length && alive.every(({ missing }) => missing.length === 0);
  return { service, status: isWell ? 'ready' : 'impaired', instances };
}

/** Of the answer to INFO. */
export function redisHealthOf(info: string): RedisHealth {
  const facts = new Map(
    info.split('\n').flatMap((text) => {
      const [name, value] = text.trim().split(/:(.*)/s);
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  const number = (name: string): number | null => {
    const value = Number(facts.get(name));
    return facts.has(name) && Number.isFinite(value) ? value : null;
  };
  const most = number('maxmemory');
  return {
    reachable: true,
    version: facts.get('redis_version') ?? null,
    usedBytes: number('used_memory'),
    mostBytes: most === 0 ? null : most,
    clients: number('connected_clients'),
    policy: facts.get('maxmemory_policy') ?? null,
  };
}
