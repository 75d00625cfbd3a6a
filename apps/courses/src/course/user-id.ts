import type { Actor } from '#libs/tenancy';

/** The person behind an action; null where a key, an operator or a service acts. */
export function userIdOf({ kind, id }: Actor): string | null {
  return kind === 'user' ? id : null;
}
