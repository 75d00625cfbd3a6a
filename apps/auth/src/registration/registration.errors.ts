import { DomainError } from '#libs/kernel';

export class RegistrationClosed extends DomainError {
  constructor() {
    super(
      'forbidden',
      'auth.registration_closed',
      'This academy is by invitation only. Ask its administrator.',
    );
  }
}

/** Says nothing about who is known: the domains are what the academy tells everybody. */
export class EmailDomainNotAllowed extends DomainError {
  constructor() {
    super('forbidden', 'auth.email_domain_not_allowed', 'Register with an address of your organisation.', {
      faults: [
        { pointer: '/email', code: 'domain_not_allowed', detail: 'is not of a domain of this academy.' },
      ],
    });
  }
}
