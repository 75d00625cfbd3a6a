import { DomainError } from '#libs/kernel';

/** True when a transaction failed in a way that leaves open whether it committed. */
export function isInDoubt(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'unavailable' || error.kind === 'timeout');
}
