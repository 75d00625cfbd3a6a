import type { EmailDomain } from './email-domain.js';

/** Domains of e-mail addresses of the current tenant. */
export abstract class EmailDomainRepository {
  abstract all(): Promise<readonly EmailDomain[]>;

  abstract byName(domain: string): Promise<EmailDomain | null>;

  abstract isVerified(domain: string): Promise<boolean>;

  /** False when it is there already. */
  abstract add(domain: EmailDomain): Promise<boolean>;

  abstract verify(domain: string, at: Date): Promise<void>;

  abstract remove(domain: string): Promise<boolean>;
}
