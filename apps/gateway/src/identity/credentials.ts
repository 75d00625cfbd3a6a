import type { IncomingHttpHeaders } from 'node:http';
import { sessionCookies } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';

/** What a request shows to prove who sends it. A cookie counts only where nothing is shown on purpose. */
export interface Credentials {
  readonly apiKey: string | null;
  readonly bearer: string | null;
  readonly cookie: string | null;
}

const cookieNames = { plain: sessionCookies('http').session, secure: sessionCookies('https').session };

/** @throws DomainError `auth.scheme_unsupported` */
export function readCredentials(headers: IncomingHttpHeaders, secure: boolean): Credentials {
  const apiKey = headers['x-api-key'];
  const bearer = bearerOf(headers.authorization);
  if (apiKey !== undefined || bearer !== null) {
    return { apiKey: apiKey === undefined ? null : String(apiKey), bearer, cookie: null };
  }
  const { cookie } = headers;
  const name = secure ? cookieNames.secure : cookieNames.plain;
  return { apiKey: null, bearer: null, cookie: cookie === undefined ? null : cookieOf(cookie, name) };
}

function bearerOf(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(authorization)?.[1];
  if (token !== undefined) return token;
  throw new DomainError(
    'unauthenticated',
    'auth.scheme_unsupported',
    'Authorization takes "Bearer <token>".',
  );
}

/** The value of one cookie, or null. @param header a Cookie header (RFC 6265) */
export function cookieOf(header: string, name: string): string | null {
  let start = 0;
  while (start < header.length) {
    let end = header.indexOf(';', start);
    if (end === -1) end = header.length;
    while (header.charCodeAt(start) === 0x20) start += 1;
    if (header.startsWith(name, start) && header.charCodeAt(start + name.length) === 0x3d) {
      return header.slice(start + name.length + 1, end).trim() || null;
    }
    start = end + 1;
  }
  return null;
}
