import type { Feature, Limit } from '#libs/contracts';

/** What the current tenant may do, and how much of it. Fed by its plan. */
export abstract class Entitlements {
  abstract may(feature: Feature): Promise<boolean>;

  /** @throws DomainError `entitlement.feature_not_in_plan` */
  abstract require(feature: Feature): Promise<void>;

  /** The most that the tenant may use; null means without limit. */
  abstract limit(limit: Limit): Promise<number | null>;

  abstract used(limit: Limit): Promise<number>;

  /**
   * Takes `amount` of a limit, or gives it back when negative, in the transaction around it: all or nothing.
   * @throws DomainError `limit.users_exceeded`, `limit.storage_exceeded` or `limit.<name>_exceeded`
   */
  abstract take(limit: Limit, amount: number): Promise<void>;
}
