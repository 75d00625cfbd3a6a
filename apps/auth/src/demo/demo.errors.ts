import { DomainError } from '#libs/kernel';

export class NotADemo extends DomainError {
  constructor() {
    super('forbidden', 'demo.off', 'This installation is not a demo.');
  }
}

export class DemoAccountMissing extends DomainError {
  constructor(email: string) {
    super('not_found', 'demo.account_missing', `There is no account ${email} in this academy.`);
  }
}
