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

/** Enough to see what is wrong; DNS may say a lot. */
const SHOWN = 5;
const SHOWN_LETTERS = 300;

export class EmailDomainUnproved extends DomainError {
  constructor(name: string, records: readonly string[]) {
    const found = records.slice(0, SHOWN).map((record) => record.slice(0, SHOWN_LETTERS));
    const seen = found.length === 0 ? 'has no TXT record' : `says "${found.join('", "')}"`;
    super('conflict', 'email_domain.unproved', `DNS ${seen} at ${name}. A new record can take an hour.`, {
      details: { found },
    });
  }
}

export class NameServersUnavailable extends DomainError {
  constructor(name: string, cause: unknown) {
    super('unavailable', 'email_domain.dns_unavailable', `The name servers do not answer for ${name}.`, {
      cause,
    });
  }
}
