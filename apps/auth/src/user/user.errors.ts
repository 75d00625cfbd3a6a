import type { Role } from '#libs/contracts';
import { DomainError } from '#libs/kernel';

export class UserNotFound extends DomainError {
  constructor() {
    super('not_found', 'user.not_found', 'There is no such person in this academy.');
  }
}

export class UserAlreadyExists extends DomainError {
  constructor(status: string) {
    super(
      'conflict',
      'user.already_exists',
      `Somebody with this e-mail address is here already (${status}).`,
      {
        faults: [
          { pointer: '/email', code: 'already_exists', detail: 'belongs to somebody of this academy.' },
        ],
      },
    );
  }
}

export class UserChanged extends DomainError {
  constructor() {
    super('precondition_failed', 'user.changed', 'Somebody changed this person meanwhile. Read it again.');
  }
}

export class OwnerOnly extends DomainError {
  constructor() {
    super('forbidden', 'user.owner_only', 'Only an owner makes or changes an owner.');
  }
}

export class RoleNotGrantable extends DomainError {
  constructor(role: Role) {
    super(
      'forbidden',
      'user.role_not_grantable',
      `The role ${role} may do more than you; you cannot give it.`,
    );
  }
}

export class LastOwner extends DomainError {
  constructor() {
    super('conflict', 'user.last_owner', 'This is the last owner. Make somebody else an owner first.');
  }
}

export class OwnAccount extends DomainError {
  constructor() {
    super('conflict', 'user.own_account', 'You cannot take your own access away.');
  }
}

export class ManagerNotFound extends DomainError {
  constructor() {
    super('invalid', 'user.manager_not_found', 'The manager is not a person of this academy.', {
      faults: [{ pointer: '/managerId', code: 'not_found', detail: 'is nobody of this academy.' }],
    });
  }
}

export class ManagerSelf extends DomainError {
  constructor() {
    super('invalid', 'user.manager_self', 'Nobody is his own manager.', {
      faults: [{ pointer: '/managerId', code: 'manager_self', detail: 'is the person itself.' }],
    });
  }
}

export class ManagerCircle extends DomainError {
  constructor() {
    super(
      'invalid',
      'user.manager_circle',
      'The manager reports to this person, directly or through others.',
      {
        faults: [{ pointer: '/managerId', code: 'manager_circle', detail: 'reports to this person.' }],
      },
    );
  }
}

export class InvitationNotOpen extends DomainError {
  constructor(status: string) {
    super('conflict', 'user.not_invited', `Only who is invited gets a link; this person is ${status}.`);
  }
}
