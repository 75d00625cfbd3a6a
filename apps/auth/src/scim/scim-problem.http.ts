import { asDomainError, problemOf, scimErrorOf } from '#libs/service';
import { currentContext } from '#libs/tenancy';

/** A failure as SCIM says it; undefined for one that is ours. */
export function scimProblemOf(error: unknown) {
  const known = asDomainError(error);
  return known === undefined ? undefined : scimErrorOf(problemOf(known, currentContext().requestId));
}
