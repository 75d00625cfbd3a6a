import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { serviceNames, type ServiceName } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Readiness } from './readiness.js';

const KEY = 'harka:instances';
const EVERY_MS = 5_000;
/** Who has told nothing for so long is taken for dead; much later he is forgotten. */
const SILENT_MS = 30_000;
const FORGOTTEN_MS = 3 * 60_000;

const told = z.object({
  service: z.enum(serviceNames),
  id: z.string(),
  host: z.string(),
  version: z.string(),
  node: z.string(),
  startedAt: z.string(),
  seenAt: z.string(),
  missing: z.array(z.string()),
});

/** A process that runs a service, as it last told. */
export interface ServiceInstance extends z.infer<typeof told> {
  /** False when it has been silent for half a minute. */
  readonly alive: boolean;
}

/** Tells every few seconds that this process runs a service, and what it misses. A hint for operators; nothing rests on it. */
export class InstanceBeacon {
  private readonly id = newId();
  private readonly startedAt = new Date().toISOString();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly service: ServiceName,
    private readonly redis: Redis,
    private readonly readiness: Pick<Readiness, 'missing'>,
  ) {}

  start(): void {
    void this.tell();
    this.timer = setInterval(() => void this.tell(), EVERY_MS);
    this.timer.unref();
  }

  /** Takes itself off the list: a process that was stopped is not one that is missing. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.redis.hdel(KEY, this.id).catch(() => undefined);
  }

  private async tell(): Promise<void> {
    try {
      const { service, id, startedAt } = this;
      const missing = await this.readiness.missing();
      const place = { host: hostname(), version: releaseVersion(), node: process.version };
      const seenAt = new Date().toISOString();
      await this.redis.hset(KEY, id, JSON.stringify({ service, id, ...place, startedAt, seenAt, missing }));
    } catch {
      // Redis is away, which everybody else says already.
    }
  }
}

/** Every process that told something within the last minutes. @throws the driver's error */
export async function readInstances(redis: Redis, now = Date.now()): Promise<ServiceInstance[]> {
  const entries = Object.entries(await redis.hgetall(KEY));
  const forgotten: string[] = [];
  const instances = entries.flatMap(([id, text]) => {
    const parsed = told.safeParse(jsonOrNull(text));
    const age = parsed.success ? now - Date.parse(parsed.data.seenAt) : Infinity;
    if (!parsed.success || age > FORGOTTEN_MS) {
      forgotten.push(id);
      return [];
    }
    return [{ ...parsed.data, alive: age < SILENT_MS }];
  });
  if (forgotten.length > 0) await redis.hdel(KEY, ...forgotten);
  return instances;
}

let version: string | undefined;

/** The release that runs, of package.json at the root; beside the sources and beside the built ones. */
export function releaseVersion(): string {
  version ??= ['../../../package.json', '../../../../package.json'].reduce<string | undefined>(
    (found, path) => found ?? versionIn(new URL(path, import.meta.url)),
    undefined,
  );
  return version ?? 'unknown';
}

function versionIn(file: URL): string | undefined {
  try {
    const { name, version: named } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return name === 'harka' && typeof named === 'string' ? named : undefined;
  } catch {
    return undefined;
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
