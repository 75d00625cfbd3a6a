import { type Clock } from '#libs/kernel';
import { runAsService, type TenantRef } from '#libs/tenancy';
import { activeSince } from '../dashboard/tenant-dashboard.js';
import type { GaugeRepository } from './gauge.repository.js';
import type { Pulse, Pulses } from './pulse.sender.js';

const BATCH = 200;

/** Measures tenants whose numbers may have changed, and each tenant once a day: active users fade without an event. */
export class GaugeKeeper {
  private readonly dirty = new Set<string>();

  constructor(
    private readonly repository: GaugeRepository,
    private readonly tenantById: (id: string) => Promise<TenantRef | null>,
    private readonly clock: Clock,
    private readonly pulses: Pick<Pulses, 'measure' | 'send'> | null = null,
  ) {}

  /** Something of the tenant changed. */
  touch(tenantId: string): void {
    this.dirty.add(tenantId);
  }

  /** Measures what was touched since the last time. A tenant that cannot be measured now is tried again. */
  async measureTouched(): Promise<void> {
    const tenantIds = [...this.dirty];
    this.dirty.clear();
    const told: Pulse[] = [];
    let failure: { readonly error: unknown } | undefined;
    for (const tenantId of tenantIds) {
      try {
        told.push(...(await this.measure(tenantId)));
      } catch (error) {
        this.dirty.add(tenantId);
        failure = { error };
      }
    }
    await this.tell(told);
    if (failure !== undefined) throw failure.error;
  }

  /** Marks those that were not measured today. */
  async touchOutdated(): Promise<void> {
    for (const tenantId of await this.repository.outdated(this.today())) this.dirty.add(tenantId);
  }

  private async tell(pulses: readonly Pulse[]): Promise<void> {
    for (let start = 0; start < pulses.length; start += BATCH) {
      const batch = pulses.slice(start, start + BATCH);
      try {
        await this.pulses?.send(batch);
      } catch (error) {
        for (const { tenantId } of pulses.slice(start)) this.dirty.add(tenantId);
        throw error;
      }
    }
  }

  private async measure(tenantId: string): Promise<Pulse[]> {
    const tenant = await this.tenantById(tenantId);
    if (tenant === null) return [];
    const since = activeSince(this.clock.now());
    return runAsService(tenant, 'insights', async () => {
      await this.repository.measure(since, this.today());
      return this.pulses === null ? [] : [await this.pulses.measure()];
    });
  }

  private today(): string {
    return this.clock.now().toISOString().slice(0, 10);
  }
}
