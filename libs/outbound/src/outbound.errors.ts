import { DomainError } from '#libs/kernel';

/** The address may not be called. */
export class OutboundRefused extends DomainError {
  constructor(url: string, why: string) {
    super('invalid', 'outbound.refused', `${url} may not be called: ${why}.`);
  }
}

/** It was called, and it did not answer as it should. */
export class OutboundFailed extends DomainError {
  constructor(url: string, why: string, cause?: unknown) {
    super('invalid', 'outbound.failed', `${url} did not answer as expected: ${why}.`, { cause });
  }
}
