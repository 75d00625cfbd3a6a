/** The label of every tenant that is not named. */
export const OTHER = 'other';

const HYSTERESIS = 2;

/**
 * Which tenants a metric names: at most `cap`, those with the most traffic; all the rest are `other`. Places are
 * given as tenants come, and taken over at a `turn` by tenants with clearly more traffic than those that hold them.
 */
export class TenantLabels {
  private readonly traffic = new Map<string, number>();
  private readonly named = new Set<string>();

  constructor(private readonly cap = 100) {}

  /** Counts one unit of traffic and tells the label to use. */
  of(tenantId: string): string {
    this.traffic.set(tenantId, (this.traffic.get(tenantId) ?? 0) + 1);
    if (this.named.has(tenantId)) return tenantId;
    if (this.named.size >= this.cap) return OTHER;
    this.named.add(tenantId);
    return tenantId;
  }

  /**
   * Ends a window of counting: the busiest outsiders take the places of insiders with less than half their traffic.
   * Returns who is no longer named, so that their series can be dropped. Old traffic counts half in the next window.
   */
  turn(): readonly string[] {
    const insiders = [...this.named].sort((a, b) => this.volume(a) - this.volume(b));
    const outsiders = [...this.traffic.keys()]
      .filter((tenantId) => !this.named.has(tenantId))
      .sort((a, b) => this.volume(b) - this.volume(a));
    const dropped: string[] = [];
    for (const [place, insider] of insiders.entries()) {
      const outsider = outsiders[place];
      const threshold = HYSTERESIS * Math.max(1, this.volume(insider));
      if (outsider === undefined || this.volume(outsider) < threshold) break;
      this.named.delete(insider);
      this.named.add(outsider);
      dropped.push(insider);
    }
    this.fade();
    return dropped;
  }

  private volume(tenantId: string): number {
    return this.traffic.get(tenantId) ?? 0;
  }

  /** Halves what was counted, so that memory follows the tenants of late and not those of all time. */
  private fade(): void {
    for (const [tenantId, count] of this.traffic) {
      if (count < 2) this.traffic.delete(tenantId);
      else this.traffic.set(tenantId, Math.floor(count / 2));
    }
  }
}
