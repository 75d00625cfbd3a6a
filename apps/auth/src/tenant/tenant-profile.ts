import type { RegistrationPolicy } from '#libs/contracts/tenants';

/** Where a request came in, as the gateway says. */
export interface RequestSite {
  readonly scheme: 'http' | 'https';
  /** With the port, if there was one. */
  readonly host: string;
}

/** What auth needs to know of the current tenant besides its name. */
export interface TenantProfile {
  readonly name: string;
  readonly registration: RegistrationPolicy;
  readonly emailDomains: readonly string[];
  readonly primaryColor: string;
  readonly secondaryColor: string;
  /** Whose name mails bear, where it is not the academy's. */
  readonly mailSender?: string | null | undefined;
  readonly mailReplyTo?: string | null | undefined;
  /** The academy's own language. */
  readonly locale?: string | undefined;
}

export abstract class TenantProfiles {
  abstract current(): Promise<TenantProfile>;

  /** As `current`, after catching up with the directory. @throws DomainError `directory.unavailable` */
  abstract latest(): Promise<TenantProfile>;

  /**
   * The origin that links of the tenant begin with: that of the request if its host is proved to be the tenant's, else
   * the tenant's subdomain. No header of a caller can lead a mailed link anywhere else.
   */
  abstract linkOrigin(site: RequestSite): Promise<string>;

  /** The origin of the tenant's subdomain, for links that no request of its people asked for. */
  abstract homeOrigin(): string;
}
