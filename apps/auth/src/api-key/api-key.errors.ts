import type { Permission } from '#libs/contracts';
import { DomainError } from '#libs/kernel';

export class ApiKeyNotFound extends DomainError {
  constructor() {
    super('not_found', 'api_key.not_found', 'There is no such API key.');
  }
}

export class ScopeBeyondOwn extends DomainError {
  constructor(scopes: readonly Permission[]) {
    super(
      'forbidden',
      'api_key.scope_beyond_own',
      `You cannot give what you may not do: ${scopes.join(', ')}.`,
    );
  }
}

export class ExpiryInPast extends DomainError {
  constructor() {
    super('invalid', 'api_key.expiry_in_past', 'The key would have expired already.', {
      faults: [{ pointer: '/expiresAt', code: 'in_past', detail: 'lies in the past.' }],
    });
  }
}

export class ApiKeyOver extends DomainError {
  constructor() {
    super('conflict', 'api_key.over', 'This key is revoked or has expired. Make a new one.');
  }
}

/** A safety net, not a plan limit. */
export class TooManyApiKeys extends DomainError {
  constructor(most: number) {
    super('conflict', 'api_key.too_many', `An academy has at most ${most} API keys. Revoke some first.`);
  }
}
