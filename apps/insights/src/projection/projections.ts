import type { ProjectionOverview } from '#libs/contracts/insights';

/** The read models of all services, as an operator sees them. */
export abstract class Projections {
  abstract overview(): Promise<ProjectionOverview>;

  /**
   * Has the projection rebuilt in the tenant, and notes in the tenant's log who ordered it.
   * @throws DomainError `tenant.not_found`, `projection.not_found`
   */
  abstract replay(tenantId: string, projection: string): Promise<void>;
}
