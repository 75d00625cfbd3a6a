import { setTimeout as delay } from 'node:timers/promises';
import type { ShardDirectory } from '#libs/sharding';
import type { CertificateKeeper } from './certificates/certificate-keeper.js';
import type { EdgeMetrics } from './edge-metrics.js';
import { desiredMaps, type DesiredMaps, type EdgeTerms } from './maps/desired-maps.js';
import type { MapKeeper } from './maps/map-keeper.js';
import type { RuntimeApi } from './runtime/runtime-api.js';

interface EdgeKeeperParts {
  readonly directory: Pick<ShardDirectory, 'tenants' | 'hosts' | 'onChange'>;
  readonly terms: EdgeTerms;
  readonly api: RuntimeApi;
  readonly maps: MapKeeper;
  /** Null: this edge holds no certificates of custom domains. */
  readonly certificates: CertificateKeeper | null;
  readonly metrics: EdgeMetrics;
  readonly warn: (words: string, detail: object) => void;
}

interface Pace {
  /** From the end of a round to the next. */
  readonly everyMs: number;
  /** How often HAProxy is asked whether it holds what we believe. */
  readonly verifyMs: number;
}

/**
 * Keeps one HAProxy as the directory has it. Each round writes the files, then tells the process that runs; one that
 * is new is asked for all that it holds. What goes wrong is said and counted, and the next round does it again.
 */
export class EdgeKeeper {
  private desired: DesiredMaps | null = null;
  private isStale = true;
  private pid = 0;
  private verifiedAt = 0;
  private fault = '';
  private certificateFaults = '';
  private hasSucceeded = false;

  constructor(
    private readonly parts: EdgeKeeperParts,
    private readonly pace: Pace = { everyMs: 1_000, verifyMs: 30_000 },
  ) {}

  /** Until the signal says stop. */
  async keep(signal: AbortSignal): Promise<void> {
    const forget = this.parts.directory.onChange(() => {
      this.isStale = true;
    });
    while (!signal.aborted) {
      try {
        await this.round();
        this.fault = '';
      } catch (error) {
        this.failed(error);
      }
      await delay(this.pace.everyMs, undefined, { signal }).catch(() => undefined);
    }
    forget();
  }

  /** The files alone: before HAProxy runs. @throws DomainError `directory.unavailable` */
  async write(): Promise<void> {
    await this.parts.maps.write(await this.wanted());
    await this.writeCertificates();
  }

  /** @throws Error while the edge is not as the directory has it */
  requireSuccess(): void {
    if (!this.hasSucceeded || this.fault !== '') {
      throw new Error(this.fault || 'The first round is not done yet.');
    }
  }

  private async round(): Promise<void> {
    const { api, metrics } = this.parts;
    const desired = await this.wanted();
    await this.parts.maps.write(desired);
    await this.writeCertificates();
    const { pid } = await api.process();
    if (pid !== this.pid) this.forget();
    await this.apply(desired);
    if (pid !== this.pid) this.verifiedAt = Date.now();
    else if (Date.now() - this.verifiedAt >= this.pace.verifyMs) {
      this.forget();
      metrics.verified(await this.apply(desired));
      this.verifiedAt = Date.now();
    }
    this.pid = pid;
    this.hasSucceeded = true;
    metrics.succeeded(desired.hosts.size);
  }

  private async apply(desired: DesiredMaps): Promise<number> {
    const { maps, certificates, metrics } = this.parts;
    const entries = await maps.apply(desired);
    metrics.changed('map', entries);
    const replaced = (await certificates?.apply()) ?? 0;
    metrics.changed('certificate', replaced);
    return entries + replaced;
  }

  private forget(): void {
    this.parts.maps.forget();
    this.parts.certificates?.forget();
  }

  private async wanted(): Promise<DesiredMaps> {
    if (this.desired !== null && !this.isStale) return this.desired;
    const { directory, terms } = this.parts;
    // Before it is read: what changes while it is read makes it stale again.
    this.isStale = false;
    try {
      const tenants = await directory.tenants();
      const hosts = await directory.hosts();
      return (this.desired = desiredMaps({ tenants, hosts }, terms));
    } catch (error) {
      this.isStale = true;
      throw error;
    }
  }

  private async writeCertificates(): Promise<void> {
    const { certificates, metrics, warn } = this.parts;
    if (certificates === null) return;
    const report = await certificates.write();
    metrics.read(report);
    const faults = JSON.stringify([...report.faults]);
    if (faults !== this.certificateFaults && report.faults.size > 0) {
      warn('certificates are not put into use', { faults: Object.fromEntries(report.faults) });
    }
    this.certificateFaults = faults;
  }

  /** Said once until it is another: a HAProxy that is away for an hour is one line. */
  private failed(error: unknown): void {
    this.parts.metrics.failed();
    const fault = error instanceof Error ? error.message : String(error);
    if (fault !== this.fault) this.parts.warn('the edge is not as the directory has it', { err: error });
    this.fault = fault;
  }
}
