import { STATUS_CODES } from 'node:http';
import type { Problem } from '#libs/contracts';
import { DomainError, type ErrorKind } from '#libs/kernel';

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  timeout: 504,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported: 415,
  precondition_required: 428,
  rate_limited: 429,
  unavailable: 503,
  insufficient_storage: 507,
};

export function statusOfKind(kind: ErrorKind): number {
  return statuses[kind];
}

/** What Fastify refuses by itself, in our words; by its error code. */
const refusals: Readonly<Record<string, DomainError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new DomainError(
    'too_large',
    'request.too_large',
    'The body is larger than this route takes.',
  ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new DomainError(
    'unsupported',
    'request.media_type',
    'The body must be application/json.',
  ),
  FST_ERR_CTP_EMPTY_JSON_BODY: new DomainError(
    'invalid',
    'request.body_missing',
    'The body is empty; JSON is expected.',
  ),
  FST_ERR_CTP_INVALID_JSON_BODY: new DomainError(
    'invalid',
    'request.body_malformed',
    'The body is not well-formed JSON.',
  ),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new DomainError(
    'invalid',
    'request.length_mismatch',
    'The body is not as long as Content-Length says.',
  ),
  FST_ERR_BAD_URL: new DomainError('invalid', 'request.url_malformed', 'The path is not well-formed.'),
};

interface Thrown {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly status?: unknown;
}

/** The domain's view of anything that was thrown, or undefined where it is a fault of ours. */
export function asDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode, status } = error as Thrown;
  const refusal = typeof code === 'string' ? refusals[code] : undefined;
  if (refusal !== undefined) return refusal;
  const http = typeof statusCode === 'number' ? statusCode : status;
  if (http === 404) {
    return new DomainError('not_found', 'request.route_not_found', 'There is nothing at this path.');
  }
  if (http === 413) return refusals['FST_ERR_CTP_BODY_TOO_LARGE'];
  if (http === 415) return refusals['FST_ERR_CTP_INVALID_MEDIA_TYPE'];
  if (typeof http === 'number' && http >= 400 && http < 500) {
    return new DomainError('invalid', 'request.malformed', 'The request is malformed.', { cause: error });
  }
  return undefined;
}

const oauthErrors: Readonly<Record<number, string>> = {
  401: 'invalid_token',
  403: 'access_denied',
  429: 'temporarily_unavailable',
  500: 'server_error',
  503: 'temporarily_unavailable',
};

/** The same as OAuth says it (RFC 6749 5.2), with our code besides. */
function oauthErrorOf({ status, code, detail, requestId }: Problem) {
  return {
    error:
      code === 'app.authentication_missing' ? 'invalid_client' : (oauthErrors[status] ?? 'invalid_request'),
    ...{ error_description: detail, code, requestId },
  };
}

const gotrueErrors: Readonly<Record<string, string>> = {
  'auth.invalid_credentials': 'invalid_credentials',
  'auth.email_not_verified': 'email_not_confirmed',
  'auth.session_ended': 'refresh_token_not_found',
  'auth.sso_required': 'email_provider_disabled',
  'auth.second_step_required': 'insufficient_aal',
  'auth.sign_in_required': 'no_authorization',
  'auth.token_invalid': 'bad_jwt',
  'auth.locked': 'over_request_rate_limit',
  'auth.too_many_requests': 'over_request_rate_limit',
  'limit.requests_exceeded': 'over_request_rate_limit',
};
const gotrueKinds: Readonly<Record<number, string>> = { 400: 'validation_failed', 401: 'bad_jwt' };

/** The same as GoTrue (Supabase Auth) says it, with our own members besides: the next step of a sign-in is among them. */
function gotrueErrorOf(problem: Problem) {
  const { status, code, detail } = problem;
  const error = gotrueErrors[code] ?? gotrueKinds[status] ?? 'unexpected_failure';
  return { ...problem, code: status, error_code: error, msg: detail, problem: code };
}

/** An error in the words of the protocol that the path belongs to. */
export function spokenError(
  problem: Problem,
  path: string,
): { readonly type: string; readonly text: string } {
  if (path.startsWith('/scim/')) {
    return { type: 'application/scim+json', text: JSON.stringify(scimErrorOf(problem)) };
  }
  if (/^\/oidc\/(token|me)\b/.test(path)) {
    return { type: 'application/json', text: JSON.stringify(oauthErrorOf(problem)) };
  }
  if (path.startsWith('/auth/v1/')) {
    return { type: 'application/json', text: JSON.stringify(gotrueErrorOf(problem)) };
  }
  return { type: 'application/problem+json', text: JSON.stringify(problem) };
}

/** The same as SCIM says it (RFC 7644 3.12), with our code besides. */
export function scimErrorOf({ status, code, detail, requestId, ...rest }: Problem) {
  const scimType =
    typeof rest['scimType'] === 'string' ? rest['scimType'] : status === 400 ? 'invalidValue' : undefined;
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    ...{ detail, code, requestId },
  };
}

/** RFC 9457. A fault of ours tells a stranger only the request's id. */
export function problemOf(error: DomainError | undefined, requestId: string): Problem {
  const status = error === undefined ? 500 : statuses[error.kind];
  const code = error?.code ?? 'internal.error';
  return {
    type: `urn:harka:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: error?.message ?? 'Something went wrong on our side. Quote the request id to support.',
    requestId,
    ...(error === undefined || error.faults.length === 0 ? {} : { errors: [...error.faults] }),
    ...error?.details,
  };
}
