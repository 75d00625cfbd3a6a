import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '#libs/kernel';
import { DirectoryMap } from './directory-map.js';
import type { DirectoryKind, DirectoryRows, DirectorySource } from './directory-source.js';
import {
  ShardDirectory,
  type ApiKeyRoute,
  type DirectoryTenant,
  type HostClaim,
  type Placement,
  type Shard,
  type TenantHost,
} from './shard-directory.js';

export interface FollowOptions {
  /** How often the directory is asked for its last change, hint or no hint. */
  readonly pollMs?: number;
  /** The shortest time between two looks that unknown keys cause. */
  readonly missMs?: number;
  /** How long a key stays known to be unknown, and how many such keys are remembered. */
  readonly absentMs?: number;
  readonly absentKeys?: number;
  readonly onError?: (error: unknown) => void;
}

const PAGE = 5_000;

/** How far a directory in memory is behind: for /readyz and for gauges. */
export interface DirectoryState {
  readonly isLoaded: boolean;
  readonly lastSync: Date | null;
  readonly changeSeq: number;
}

/** A directory that follows its source by change number. */
export class FollowedDirectory extends ShardDirectory {
  private readonly map = new DirectoryMap();
  private readonly listeners = new Set<(tenantId: string) => void>();
  private readonly absent = new Map<string, number>();
  private readonly options: Required<FollowOptions>;
  private readonly stop = new AbortController();
  private readonly following: Promise<void>;
  private seq = -1;
  private lastSync: Date | null = null;
  private lastStart = 0;
  private running: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private nextMiss: Promise<void> | undefined;

  constructor(
    private readonly source: DirectorySource,
    options: FollowOptions = {},
  ) {
    super();
    this.options = {
      pollMs: 2_000,
      missMs: 250,
      absentMs: 5_000,
      absentKeys: 10_000,
      onError: () => undefined,
      ...options,
    };
    this.following = this.follow();
  }

  placement(tenantId: string): Promise<Placement> {
    const placement = this.map.placement(tenantId);
    if (placement !== undefined) return Promise.resolve(placement);
    return this.find('id', tenantId, () => this.map.placement(tenantId)).then(known);
  }

  async refresh(tenantId: string): Promise<Placement> {
    await this.sync().catch(unavailable);
    return known(this.map.placement(tenantId) ?? null);
  }

  tenantById(id: string): Promise<DirectoryTenant | null> {
    return this.find('id', id, () => this.map.tenantById(id));
  }

  tenantBySlug(slug: string): Promise<DirectoryTenant | null> {
    return this.find('slug', slug, () => this.map.tenantBySlug(slug));
  }

  async hostClaim(host: string): Promise<HostClaim | null> {
    return this.map.hostClaim(host) ?? null;
  }

  tenantByHost(host: string): Promise<DirectoryTenant | null> {
    return this.find('host', host, () => this.map.tenantByHost(host));
  }

  apiKey(prefix: string): Promise<ApiKeyRoute | null> {
    return this.find('key', prefix, () => this.map.apiKey(prefix));
  }

  async shards(): Promise<readonly Shard[]> {
    await this.loaded();
    return this.map.shards();
  }

  async tenants(): Promise<readonly DirectoryTenant[]> {
    await this.loaded();
    return this.map.tenants();
  }

  async hosts(): Promise<readonly TenantHost[]> {
    await this.loaded();
    return this.map.hosts();
  }

  onChange(listener: (tenantId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  hint(): void {
    void this.sync().catch(this.options.onError);
  }

  /** Resolves when the source answers, which what is in memory cannot tell. @throws whatever keeps it from that */
  async ask(): Promise<void> {
    await this.source.head();
  }

  state(): DirectoryState {
    return { isLoaded: this.seq >= 0, lastSync: this.lastSync, changeSeq: this.seq };
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.listeners.clear();
    await this.following;
    await this.running?.catch(() => undefined);
    await this.source.close();
  }

  private async find<T>(kind: string, name: string, look: () => T | undefined): Promise<T | null> {
    const found = look();
    if (found !== undefined) return found;
    await this.loaded();
    const afterLoad = look();
    if (afterLoad !== undefined) return afterLoad;
    const key = `${kind} ${name}`;
    if ((this.absent.get(key) ?? 0) > Date.now()) return null;
    // Down or not: what is not in the map is not known, and the last known state is what we answer from.
    await this.lookAgain().catch(this.options.onError);
    const afterLook = look();
    if (afterLook !== undefined) return afterLook;
    if (this.absent.size >= this.options.absentKeys) this.absent.clear();
    this.absent.set(key, Date.now() + this.options.absentMs);
    return null;
  }

  /** A look that all keys missed in the meantime share, so that unknown hosts cannot make us ask without end. */
  private lookAgain(): Promise<void> {
    this.nextMiss ??= delay(Math.max(0, this.lastStart + this.options.missMs - Date.now())).then(() => {
      this.nextMiss = undefined;
      return this.sync();
    });
    return this.nextMiss;
  }

  private async loaded(): Promise<void> {
    if (this.seq >= 0) return;
    await (this.running ?? this.sync()).catch(unavailable);
  }

  /** Catches up by a look that begins after this call. Calls that come while one is under way share the next. */
  private sync(): Promise<void> {
    if (this.running === undefined) {
      this.running = this.catchUp().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    this.queued ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        return this.sync();
      });
    return this.queued;
  }

  private async catchUp(): Promise<void> {
    this.lastStart = Date.now();
    const head = await this.source.head();
    if (head !== this.seq) {
      const changed = new Set<string>();
      await this.read('shard', (row) => {
        this.map.applyShard(row);
      });
      await this.read('route', (row) => changed.add(this.map.applyRoute(row)));
      await this.read('host', (row) => changed.add(this.map.applyHost(row)));
      await this.read('key', (row) => changed.add(this.map.applyKey(row)));
      const isFirst = this.seq < 0;
      this.seq = head;
      this.absent.clear();
      if (!isFirst) for (const tenantId of changed) this.tell(tenantId);
    }
    this.lastSync = new Date();
  }

  private tell(tenantId: string): void {
    for (const listener of this.listeners) {
      try {
        listener(tenantId);
      } catch (error) {
        this.options.onError(error);
      }
    }
  }

  private async read<K extends DirectoryKind>(
    kind: K,
    apply: (row: DirectoryRows[K]) => void,
  ): Promise<void> {
    for (let after = this.seq; ;) {
      const rows = await this.source.changed(kind, after, PAGE);
      for (const row of rows) apply(row);
      if (rows.length < PAGE) return;
      after = Number(rows.at(-1)?.change_seq);
    }
  }

  private async follow(): Promise<void> {
    const { pollMs, onError } = this.options;
    const { signal } = this.stop;
    while (!signal.aborted) {
      await this.sync().catch((error: unknown) => {
        if (!signal.aborted) onError(error);
      });
      const pause = this.seq < 0 ? Math.min(pollMs, 250) : pollMs * (0.9 + Math.random() * 0.2);
      await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

function known(placement: Placement | null): Placement {
  if (placement !== null) return placement;
  throw new DomainError('not_found', 'tenant.not_found', 'No academy is known at this address.');
}

function unavailable(cause: unknown): never {
  throw new DomainError('unavailable', 'directory.unavailable', 'The directory cannot be reached.', {
    retryAfterSeconds: 2,
    cause,
  });
}
