import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from './kube-client.js';
import { isStatus, KubeError } from './kube-error.js';
import type { KubeObject, Resource } from './kube-object.js';

const LONGEST_PAUSE = 30_000;
const FIRST_PAUSE = 200;
/** The server ends a watch by itself after this time, in seconds. */
const WATCH_SECONDS = 290;

export interface WatchedOptions {
  readonly selector?: string;
  /** Milliseconds without a word after which the watch is taken for dead. */
  readonly silence: number;
  readonly onChange: (object: KubeObject) => void;
  /** Why a watch is opened anew. */
  readonly onRestart: (reason: 'ended' | 'silent' | 'expired' | 'failed', error?: unknown) => void;
}

interface Line {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject & {
    readonly code?: number;
    readonly reason?: string;
    readonly message?: string;
  };
}

/**
 * All objects of a kind, kept up to date. A watch that ends, fails, falls silent or is too old is opened anew, at the place
 * where it stood or after a new list; nobody has to notice that it stopped.
 */
export class Watched<T extends KubeObject> {
  private readonly objects = new Map<string, T>();
  private readonly stopping = new AbortController();
  private resourceVersion: string | null = null;
  private done: Promise<void> = Promise.resolve();
  private failures = 0;

  constructor(
    private readonly client: KubeClient,
    private readonly resource: Resource,
    private readonly options: WatchedOptions,
  ) {}

  get(name: string, namespace?: string): T | undefined {
    return this.objects.get(keyOf({ name, namespace }));
  }

  names(): string[] {
    return [...this.objects.values()].map(({ metadata }) => metadata.name);
  }

  /** What was just written is known before the watch tells. */
  put(object: T): void {
    const known = this.objects.get(keyOf(object.metadata));
    if (known !== undefined && versionOf(known) >= versionOf(object)) return;
    this.objects.set(keyOf(object.metadata), withoutHistory(object));
  }

  /** Lists once, then goes on by itself. @throws when the first list fails */
  async start(): Promise<void> {
    await this.relist();
    this.done = this.follow();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  /** Asked anew: it changes while something is waited for. */
  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async follow(): Promise<void> {
    while (!this.isStopping()) {
      try {
        if (this.resourceVersion === null) await this.relist();
        this.options.onRestart(await this.watchOnce());
        this.failures = 0;
      } catch (error) {
        if (this.isStopping()) return;
        if (isStatus(error, 410)) {
          this.resourceVersion = null;
          this.options.onRestart('expired', error);
          continue;
        }
        this.failures += 1;
        this.options.onRestart('failed', error);
        const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(this.failures, 10));
        await sleep(pause / 2 + (pause / 2) * Math.random(), undefined, {
          signal: this.stopping.signal,
        }).catch(() => undefined);
      }
    }
  }

  private async watchOnce(): Promise<'ended' | 'silent'> {
    const silent = new AbortController();
    const hangUp = () => {
      silent.abort();
    };
    let timer = setTimeout(hangUp, this.options.silence);
    try {
      await this.client.watch(
        this.resource,
        {
          resourceVersion: this.resourceVersion ?? '',
          seconds: WATCH_SECONDS,
          ...(this.options.selector !== undefined && { selector: this.options.selector }),
        },
        AbortSignal.any([this.stopping.signal, silent.signal]),
        (text) => {
          clearTimeout(timer);
          timer = setTimeout(hangUp, this.options.silence);
          // A line that is no JSON throws, and the watch is opened anew: half a word is no reason to miss a change.
          this.take(JSON.parse(text) as Line);
        },
      );
      return 'ended';
    } catch (error) {
      if (silent.signal.aborted && !this.isStopping()) {
        this.client.reconnect();
        return 'silent';
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private take({ type, object }: Line): void {
    if (type === 'ERROR') throw new KubeError(object.code ?? 500, object.reason ?? '', object.message ?? '');
    this.resourceVersion = object.metadata.resourceVersion ?? this.resourceVersion;
    if (type === 'BOOKMARK') return;
    if (type === 'DELETED') this.objects.delete(keyOf(object.metadata));
    else this.objects.set(keyOf(object.metadata), withoutHistory(object as KubeObject as T));
    this.options.onChange(object);
  }

  private async relist(): Promise<void> {
    const { items, resourceVersion } = await this.client.list<T>(this.resource, this.options.selector);
    const gone = new Map(this.objects);
    for (const object of items) {
      const key = keyOf(object.metadata);
      const known = gone.get(key);
      gone.delete(key);
      this.objects.set(key, withoutHistory(object));
      if (known?.metadata.resourceVersion !== object.metadata.resourceVersion) this.options.onChange(object);
    }
    for (const [key, object] of gone) {
      this.objects.delete(key);
      this.options.onChange(object);
    }
    this.resourceVersion = resourceVersion;
  }
}

/** Who wrote what is half of an object's size, and nobody here asks. */
function withoutHistory<T extends KubeObject>(object: T): T {
  return { ...object, metadata: { ...object.metadata, managedFields: undefined } };
}

function keyOf({ name, namespace }: Pick<KubeObject['metadata'], 'name' | 'namespace'>): string {
  return `${namespace ?? ''}/${name}`;
}

/** Versions are opaque by contract, and numbers of etcd's in fact; what is no number is the oldest. */
function versionOf({ metadata }: KubeObject): bigint {
  return /^\d+$/.test(metadata.resourceVersion ?? '') ? BigInt(metadata.resourceVersion ?? 0) : -1n;
}
