import { DomainError } from '#libs/kernel';

export class OperatorAlreadyExists extends DomainError {
  constructor() {
    super('conflict', 'operator.already_exists', 'There is an operator with this e-mail address already.');
  }
}

export class OperatorNotFound extends DomainError {
  constructor() {
    super('not_found', 'operator.not_found', 'There is no such operator.');
  }
}

/** Operators sign in at the admin host, where there is no tenant. */
export class NotTheAdminHost extends DomainError {
  constructor() {
    super('not_found', 'request.route_not_found', 'There is nothing at this path.');
  }
}
