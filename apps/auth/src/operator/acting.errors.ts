import type { TenantStatus } from '#libs/contracts';
import { DomainError } from '#libs/kernel';

export class TenantUnknown extends DomainError {
  constructor() {
    super('not_found', 'tenant.not_found', 'There is no such tenant.');
  }
}

/** Nobody acts in a tenant that is closed: neither its people nor operators in their names. */
export class TenantClosed extends DomainError {
  constructor(status: TenantStatus) {
    super('conflict', 'acting.tenant_closed', `The tenant is ${status}; nobody may act in it now.`);
  }
}

export class PersonNotActive extends DomainError {
  constructor() {
    super('conflict', 'acting.user_not_active', 'Only a person who is active can be acted for.');
  }
}

/** Spent, run out or never given out. */
export class TicketInvalid extends DomainError {
  constructor() {
    super(
      'unauthenticated',
      'acting.ticket_invalid',
      'This way in is not open any more. Go back to the control centre and begin again.',
    );
  }
}

export class NotActing extends DomainError {
  constructor() {
    super('conflict', 'acting.not_acting', 'Nobody acts in your name in this session.');
  }
}
