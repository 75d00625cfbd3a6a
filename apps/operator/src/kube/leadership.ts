import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from './kube-client.js';
import { isStatus } from './kube-error.js';
import { leases, type KubeObject } from './kube-object.js';

interface Lease extends KubeObject {
  readonly spec: {
    readonly holderIdentity?: string;
    readonly leaseDurationSeconds?: number;
    readonly renewTime?: string;
    readonly acquireTime?: string;
    readonly leaseTransitions?: number;
  };
}

export interface LeadershipOptions {
  readonly name: string;
  readonly namespace: string;
  readonly identity: string;
  /** How long a Lease holds that is not renewed, in seconds. */
  readonly seconds: number;
  readonly onTrouble: (error: unknown) => void;
}

/** One of several processes works, the others wait; by a Lease, and by what this process saw of it, not by clocks that agree. */
export class Leadership {
  private readonly stopping = new AbortController();
  private seen: { readonly version: string; readonly at: number } | undefined;
  private held: Lease | undefined;

  constructor(
    private readonly client: KubeClient,
    private readonly options: LeadershipOptions,
  ) {}

  get isLeader(): boolean {
    return this.held !== undefined;
  }

  /** Waits until the Lease is ours. False: it was asked to stop meanwhile. */
  async acquire(): Promise<boolean> {
    while (!this.stopping.signal.aborted) {
      try {
        if (await this.tryOnce()) return true;
      } catch (error) {
        this.options.onTrouble(error);
      }
      await this.pause(this.options.seconds / 6);
    }
    return false;
  }

  /** Renews the Lease; resolves when it is lost, or when it was asked to stop. */
  async hold(): Promise<'lost' | 'stopped'> {
    let renewed = performance.now();
    for (;;) {
      await this.pause(this.options.seconds / 3);
      if (this.stopping.signal.aborted) return 'stopped';
      try {
        if (!(await this.tryOnce())) return this.lose();
        renewed = performance.now();
      } catch (error) {
        this.options.onTrouble(error);
        // Before anybody else may take it.
        if (performance.now() - renewed > (this.options.seconds * 1000 * 2) / 3) return this.lose();
      }
    }
  }

  /** Lets go of it, so that the next one need not wait. */
  async release(): Promise<void> {
    this.stopping.abort();
    const lease = this.held;
    this.held = undefined;
    if (lease === undefined) return;
    const spec = { ...lease.spec, holderIdentity: '', leaseDurationSeconds: 1 };
    await this.client
      .replace<Lease>(leases, { ...lease, spec }, this.options.namespace)
      .catch((error: unknown) => {
        this.options.onTrouble(error);
      });
  }

  private lose(): 'lost' {
    this.held = undefined;
    return 'lost';
  }

  private async tryOnce(): Promise<boolean> {
    const { name, namespace } = this.options;
    try {
      const lease = await this.client.get<Lease>(leases, name, namespace);
      if (!this.mayTake(lease)) {
        this.held = undefined;
        return false;
      }
      const spec = this.specAfter(lease);
      this.held = await this.client.replace<Lease>(leases, { ...lease, spec }, namespace);
      return true;
    } catch (error) {
      if (isStatus(error, 404)) return this.make();
      if (!isStatus(error, 409)) throw error;
      // Another one was quicker.
      this.held = undefined;
      return false;
    }
  }

  private async make(): Promise<boolean> {
    const { name, namespace } = this.options;
    try {
      const spec = this.specAfter({ metadata: { name }, spec: {} });
      this.held = await this.client.create<Lease>(leases, { metadata: { name }, spec }, namespace);
      return true;
    } catch (error) {
      if (!isStatus(error, 409)) throw error;
      return false;
    }
  }

  private mayTake({ metadata, spec }: Lease): boolean {
    const holder = spec.holderIdentity ?? '';
    if (holder === '' || holder === this.options.identity) return true;
    const version = metadata.resourceVersion ?? '';
    if (this.seen?.version !== version) this.seen = { version, at: performance.now() };
    return performance.now() - this.seen.at > (spec.leaseDurationSeconds ?? this.options.seconds) * 1000;
  }

  private specAfter({ spec }: Lease): Lease['spec'] {
    // Microseconds, as the API has them.
    const now = new Date().toISOString().replace('Z', '000Z');
    const isOurs = spec.holderIdentity === this.options.identity;
    return {
      holderIdentity: this.options.identity,
      leaseDurationSeconds: this.options.seconds,
      renewTime: now,
      acquireTime: isOurs ? (spec.acquireTime ?? now) : now,
      leaseTransitions: (spec.leaseTransitions ?? 0) + (isOurs ? 0 : 1),
    };
  }

  private async pause(seconds: number): Promise<void> {
    await sleep(seconds * 1000, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
