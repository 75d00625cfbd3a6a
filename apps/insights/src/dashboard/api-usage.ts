/** Requests to the API, which the gateway counts. */
export abstract class ApiUsage {
  /** Of the current tenant, since the first of the month (UTC). @throws DomainError `usage.unavailable` */
  abstract requestsThisMonth(now: Date): Promise<number>;

  /** On each of these days (yyyy-mm-dd, UTC); what is older than about three months is forgotten. @throws DomainError `usage.unavailable` */
  abstract requestsByDay(days: readonly string[]): Promise<readonly number[]>;
}
