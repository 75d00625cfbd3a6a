/** Requests to the API, which the gateway counts. */
export abstract class ApiUsage {
  /** Of the current tenant, since the first of the month (UTC). @throws DomainError `usage.unavailable` */
  abstract requestsThisMonth(now: Date): Promise<number>;
}
