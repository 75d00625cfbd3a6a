import { randomToken } from '#libs/crypto';
import type { Cookie } from '#libs/service';
import { FLOW_SECONDS } from './sign-in-flow.js';

type Scheme = 'http' | 'https';
const FORM = /^[A-Za-z0-9_-]{43}$/;

/** Lax: it has to come back when the provider leads the browser here again. */
export function browserCookie(scheme: Scheme, value: string): Cookie {
  return { name: nameOf(scheme), value, maxAge: FLOW_SECONDS, secure: scheme === 'https', sameSite: 'Lax' };
}

/** The token of this browser; a second tab keeps that of the first. */
export function browserToken(
  scheme: Scheme,
  headers: Readonly<Record<string, string | undefined>>,
): string | null {
  for (const pair of (headers['cookie'] ?? '').split(';')) {
    const [name, ...value] = pair.split('=');
    const token = value.join('=').trim();
    if (name?.trim() === nameOf(scheme) && FORM.test(token)) return token;
  }
  return null;
}

export const newBrowserToken = (): string => randomToken();

function nameOf(scheme: Scheme): string {
  return scheme === 'https' ? '__Host-harka_sso' : 'harka_sso';
}
