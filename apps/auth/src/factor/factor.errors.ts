import type { SecondStep } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';

/**
 * The first step was right and another has to follow. Where nothing catches it, it is a refusal that carries what the next step needs.
 */
export class SecondStepRequired extends DomainError {
  constructor(readonly step: SecondStep) {
    super('forbidden', 'auth.second_step_required', 'One more step is needed to sign in.', {
      details: { secondStep: step },
    });
  }
}

/** Whatever was wrong with it. */
export class FactorRefused extends DomainError {
  constructor() {
    super(
      'unauthenticated',
      'auth.factor_refused',
      'That is not right. Take the newest code, or another way.',
    );
  }
}

/** It is over, was used, or belongs to another academy, person, device or step. */
export class ChallengeInvalid extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.challenge_invalid', 'This step is over. Begin again.');
  }
}

export class StepUpRequired extends DomainError {
  constructor() {
    super('forbidden', 'auth.step_up_required', 'Prove once more that it is you, then try again.');
  }
}

export class TotpExists extends DomainError {
  constructor() {
    super('conflict', 'factor.totp_exists', 'You have an authenticator app already. Remove it first.');
  }
}

export class TotpNotBegun extends DomainError {
  constructor() {
    super(
      'conflict',
      'factor.totp_not_begun',
      'Begin to set the app up first; that is good for ten minutes.',
    );
  }
}

export class TotpWrong extends DomainError {
  constructor() {
    super('invalid', 'factor.code_wrong', 'The code is not right. Check the clock of your device.', {
      faults: [{ pointer: '/code', code: 'wrong', detail: 'is not the code of this moment.' }],
    });
  }
}

export class FactorNotFound extends DomainError {
  constructor() {
    super('not_found', 'factor.not_found', 'You have no such factor.');
  }
}

export class PasskeyRefused extends DomainError {
  constructor() {
    super('invalid', 'factor.passkey_refused', 'The device did not make a passkey that is good here.');
  }
}

export class PasskeyExists extends DomainError {
  constructor() {
    super('conflict', 'factor.passkey_exists', 'This passkey is known already.');
  }
}

export class TooManyPasskeys extends DomainError {
  constructor(most: number) {
    super('conflict', 'factor.too_many_passkeys', `You can have ${most} passkeys at most. Remove one first.`);
  }
}

/** Where a factor is required, the last one stays. */
export class LastFactor extends DomainError {
  constructor() {
    super('conflict', 'factor.last_required', 'Your academy requires a factor. Set another one up first.');
  }
}

export class FactorsOff extends DomainError {
  constructor() {
    super('conflict', 'factor.not_offered', 'Your academy does not use a second step.');
  }
}
