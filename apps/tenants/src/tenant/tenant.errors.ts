import type { Plan } from '#libs/contracts';
import { DomainError } from '#libs/kernel';

export class TenantUnknown extends DomainError {
  constructor() {
    super('not_found', 'tenant.not_found', 'There is no such tenant.');
  }
}

export class SlugTaken extends DomainError {
  constructor(slug: string) {
    super('conflict', 'tenant.slug_taken', `The slug "${slug}" belongs to another tenant.`, {
      faults: [{ pointer: '/slug', code: 'slug_taken', detail: 'Choose another one.' }],
    });
  }
}

export class TenantNotReady extends DomainError {
  constructor() {
    super(
      'conflict',
      'tenant.not_ready',
      'The tenant is still being provisioned. Repeat its creation to finish that.',
    );
  }
}

export class SeatsTooFew extends DomainError {
  constructor(plan: Plan, seats: number, expected: number) {
    const detail = `The plan ${plan} has ${seats} seats; ${expected} users are expected. Choose a larger plan.`;
    super('invalid', 'tenant.seats_too_few', detail, {
      faults: [{ pointer: '/plan', code: 'seats_too_few', detail }],
      details: { seats, expected },
    });
  }
}

export class PlanTooSmall extends DomainError {
  constructor(plan: Plan, seats: number, users: number) {
    super(
      'conflict',
      'tenant.plan_too_small',
      `The plan ${plan} has ${seats} seats, the tenant has ${users} active users. Deactivate ${users - seats} first.`,
      { details: { seats, users } },
    );
  }
}
