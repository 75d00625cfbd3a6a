import { currentTenant } from '#libs/tenancy';
import { GaugeRepository, type Gauges } from './gauge.repository.js';

export class FakeGaugeRepository extends GaugeRepository {
  readonly measured: string[] = [];
  gauges: Gauges = { largest: [], totals: [] };
  stale: string[] = [];

  async measure(): Promise<void> {
    this.measured.push(currentTenant().id);
  }

  async read(count: number): Promise<Gauges> {
    return { ...this.gauges, largest: this.gauges.largest.slice(0, count) };
  }

  async lastActiveAt(): Promise<Date | null> {
    return null;
  }

  async outdated(): Promise<string[]> {
    return this.stale;
  }
}
