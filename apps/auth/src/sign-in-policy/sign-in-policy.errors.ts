import { DomainError } from '#libs/kernel';

export class PolicyChanged extends DomainError {
  constructor() {
    super(
      'precondition_failed',
      'sign_in_policy.changed',
      'Somebody changed the policy meanwhile. Read it again.',
    );
  }
}

export class NetworkInvalid extends DomainError {
  constructor(indexes: readonly number[]) {
    super(
      'invalid',
      'sign_in_policy.network_invalid',
      'An address (192.0.2.7) or a network (192.0.2.0/24) is expected.',
      {
        faults: indexes.map((index) => ({
          pointer: `/allowedNetworks/${index}`,
          code: 'network_invalid',
          detail: 'is no address and no network.',
        })),
      },
    );
  }
}

/** Nobody locks himself out by a slip of the hand. */
export class WouldLockOut extends DomainError {
  constructor(address: string | null) {
    super(
      'conflict',
      'sign_in_policy.would_lock_out',
      `Your own address${address === null ? '' : ` (${address})`} is in none of these networks. Confirm it, or add your network.`,
      { details: { ownAddress: address } },
    );
  }
}

export class RolesMissing extends DomainError {
  constructor() {
    super('invalid', 'sign_in_policy.roles_missing', 'Name the roles that must have a factor.', {
      faults: [{ pointer: '/mfaRoles', code: 'too_small', detail: 'names no role.' }],
    });
  }
}

/** After the proof of who somebody is, so it tells nothing to others. */
export class NetworkNotAllowed extends DomainError {
  constructor() {
    super(
      'forbidden',
      'auth.network_not_allowed',
      'Your academy lets people sign in from certain networks only, and this is none of them.',
    );
  }
}
