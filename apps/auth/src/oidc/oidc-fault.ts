import { DomainError } from '#libs/kernel';
import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { Refusal } from '../federation/refusal.js';

/** What the library found wrong, as a reason that an administrator can act on. @throws whatever is a fault of ours */
export function reasonOf(error: unknown): Refusal | DomainError {
  if (error instanceof Refusal || error instanceof DomainError) return error;
  if (error instanceof AuthorizationResponseError) {
    return new Refusal('provider_error', { actual: said(error.error, error.error_description) });
  }
  if (error instanceof ResponseBodyError) {
    // Only the client itself can be meant by these (RFC 6749 5.2): the id, the secret, or how it is shown.
    const isClient = error.error === 'invalid_client' || error.error === 'unauthorized_client';
    const reason = isClient ? 'client_refused' : 'token_refused';
    return new Refusal(reason, { actual: said(error.error, error.error_description) });
  }
  if (!(error instanceof Error)) throw error;
  const inner = causeOf(error);
  if (inner instanceof DomainError) return inner;
  const claim = claimOf(error) ?? claimOf(inner);
  const detail = inner instanceof Error ? `${error.message} (${inner.message})` : error.message;
  if (error instanceof WWWAuthenticateChallengeError && error.status === 401) {
    return new Refusal('client_refused', { actual: `HTTP ${error.status}` });
  }
  if (/client.*authentication|WWW-Authenticate/i.test(error.message)) {
    return new Refusal('client_refused', { actual: detail });
  }
  if (claim !== null) return new Refusal(`claim_${claim}`, { actual: detail });
  if (/signature|JWKS?|\balg\b|algorithm|kid/i.test(detail)) {
    return new Refusal('id_token_signature', { actual: detail });
  }
  if (detail.includes('"state"')) return new Refusal('state', { actual: detail });
  if (/"iss"|issuer/i.test(detail)) return new Refusal('claim_iss', { actual: detail });
  return new Refusal('id_token', { actual: detail });
}

function said(error: string, description: string | undefined): string {
  return description === undefined ? error : `${error}: ${description}`;
}

function causeOf(error: Error): unknown {
  let cause: unknown = error.cause;
  while (cause instanceof Error && !(cause instanceof DomainError) && cause.cause instanceof Error) {
    cause = cause.cause;
  }
  return cause;
}

/** The library names the claim that it did not like. */
function claimOf(error: unknown): string | null {
  const cause = (error as { cause?: unknown } | null)?.cause;
  const claim = (cause as { claim?: unknown } | null | undefined)?.claim;
  return typeof claim === 'string' ? claim : null;
}
