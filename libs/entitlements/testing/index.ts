import type { Plan } from '#libs/contracts';
import {
  Entitlements,
  FeatureNotInPlan,
  LimitExceeded,
  termsOf,
  type Feature,
  type Limit,
} from '#libs/entitlements';

/** The terms of a plan over usage in memory, of one tenant. */
export class FakeEntitlements extends Entitlements {
  private readonly usage = new Map<Limit, number>();
  private readonly overridden = new Map<Limit, number | null>();

  constructor(private readonly plan: Plan = 'growth') {
    super();
  }

  /** Sets a limit that is smaller than any plan's, so that a test need not fill it. */
  withLimit(limit: Limit, most: number | null): this {
    this.overridden.set(limit, most);
    return this;
  }

  async may(feature: Feature): Promise<boolean> {
    return termsOf(this.plan).features[feature];
  }

  async require(feature: Feature): Promise<void> {
    if (!(await this.may(feature))) throw new FeatureNotInPlan(feature);
  }

  async limit(limit: Limit): Promise<number | null> {
    const overridden = this.overridden.get(limit);
    return overridden === undefined ? termsOf(this.plan).limits[limit] : overridden;
  }

  async used(limit: Limit): Promise<number> {
    return this.usage.get(limit) ?? 0;
  }

  async take(limit: Limit, amount: number): Promise<void> {
    const most = await this.limit(limit);
    const next = Math.max(0, (await this.used(limit)) + amount);
    if (amount > 0 && most !== null && next > most) throw new LimitExceeded(limit, most);
    this.usage.set(limit, next);
  }
}
