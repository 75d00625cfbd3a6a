import type { TenantSettings } from '#libs/contracts/tenants';
import { DomainError } from '#libs/kernel';

class EmailDomainsMissing extends DomainError {
  constructor(at = '') {
    const detail = 'Registration by e-mail domain needs at least one domain in emailDomains.';
    super('invalid', 'settings.email_domains_missing', detail, {
      faults: [{ pointer: `${at}/emailDomains`, code: 'email_domains_missing', detail }],
    });
  }
}

/** @throws EmailDomainsMissing */
export function requireConsistent({ registration, emailDomains }: TenantSettings, at = ''): void {
  if (registration === 'domain' && emailDomains.length === 0) throw new EmailDomainsMissing(at);
}
