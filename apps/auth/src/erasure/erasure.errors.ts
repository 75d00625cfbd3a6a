import { DomainError } from '#libs/kernel';

export class NotDeactivated extends DomainError {
  constructor() {
    super(
      'conflict',
      'erasure.not_deactivated',
      'Only who is deactivated can be erased: take the access away first, so that nobody is erased by a slip.',
    );
  }
}

export class OwnerNotErased extends DomainError {
  constructor() {
    super('conflict', 'erasure.owner', 'An owner is not erased. Give this person another role first.');
  }
}

export class ErasureNotFound extends DomainError {
  constructor() {
    super('not_found', 'erasure.not_found', 'Nobody of this id was erased.');
  }
}
