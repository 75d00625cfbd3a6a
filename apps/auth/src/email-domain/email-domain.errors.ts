import { DomainError } from '#libs/kernel';

export class EmailDomainNotFound extends DomainError {
  constructor() {
    super('not_found', 'email_domain.not_found', 'This domain is not on the list.');
  }
}

export class EmailDomainRefused extends DomainError {
  constructor(code: string, detail: string) {
    super('invalid', `email_domain.${code}`, detail, { faults: [{ pointer: '/domain', code, detail }] });
  }
}

export class EmailDomainUnproved extends DomainError {
  constructor(name: string) {
    super(
      'conflict',
      'email_domain.unproved',
      `The TXT record at ${name} is not there yet, or says something else.`,
    );
  }
}

export class NameServersUnavailable extends DomainError {
  constructor(name: string, cause: unknown) {
    super('unavailable', 'email_domain.dns_unavailable', `The name servers do not answer for ${name}.`, {
      cause,
    });
  }
}
