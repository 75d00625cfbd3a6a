import { DomainError } from '#libs/kernel';

export class InvitationNotFound extends DomainError {
  constructor() {
    super('not_found', 'invitation.not_found', 'There is no such invitation.');
  }
}

export class NameMissing extends DomainError {
  constructor() {
    super('invalid', 'invitation.name_missing', 'Nobody is known by this address yet; a name is needed.', {
      faults: [{ pointer: '/name', code: 'name_missing', detail: 'is needed for somebody new.' }],
    });
  }
}
