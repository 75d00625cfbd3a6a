import { DomainError } from '#libs/kernel';
import { proofName } from './domain.js';

const hostFault = (code: string, detail: string) => ({ faults: [{ pointer: '/host', code, detail }] });

export class DomainTaken extends DomainError {
  constructor(host: string) {
    super(
      'conflict',
      'domain.taken',
      `${host} is claimed already.`,
      hostFault('domain_taken', 'An unproved claim ends after three days.'),
    );
  }
}

export class DomainBelowBase extends DomainError {
  constructor(host: string, baseDomain: string) {
    const detail = `${host} is at or below ${baseDomain}, which belongs to the platform. Use a domain of your own.`;
    super('invalid', 'domain.below_base_domain', detail, hostFault('below_base_domain', detail));
  }
}

export class DomainNotPublic extends DomainError {
  constructor(host: string) {
    const detail = `${host} is not a name of the public DNS.`;
    super('invalid', 'domain.not_public', detail, hostFault('not_public', detail));
  }
}

export class DomainUnknown extends DomainError {
  constructor() {
    super('not_found', 'domain.not_found', 'This academy has no such domain.');
  }
}

export class SubdomainStays extends DomainError {
  constructor() {
    super('conflict', 'domain.subdomain_stays', 'The subdomain belongs to the academy for good.');
  }
}

export class ProofNotFound extends DomainError {
  constructor(host: string, expected: string, found: readonly string[]) {
    const seen = found.length === 0 ? 'no TXT record' : `only ${found.map((text) => `"${text}"`).join(', ')}`;
    super(
      'conflict',
      'domain.proof_not_found',
      `DNS has ${seen} at ${proofName(host)}; "${expected}" is expected. A new record can take an hour to be seen.`,
      { details: { expected, found: [...found] } },
    );
  }
}

export class DnsUnavailable extends DomainError {
  constructor(host: string, cause: unknown) {
    super(
      'unavailable',
      'domain.dns_unavailable',
      `The name servers of ${host} do not answer. Try again later.`,
      {
        retryAfterSeconds: 60,
        cause,
      },
    );
  }
}
