import { randomToken } from '#libs/crypto';
import type { Cookie } from '#libs/service';

type Scheme = 'http' | 'https';
const FORM = /^[A-Za-z0-9_-]{43}$/;
const LONGEST_SECONDS = 30 * 86_400;

/** Ties a link for one to the browser that opened it. Strict: only our own pages use it. */
export function setupCookie(scheme: Scheme, value: string): Cookie {
  return {
    ...{ name: nameOf(scheme), value, maxAge: LONGEST_SECONDS },
    ...{ secure: scheme === 'https', sameSite: 'Strict' },
  };
}

/** What this browser showed, or a new one for it; a second link keeps that of the first. */
export function setupBrowser(scheme: Scheme, headers: Readonly<Record<string, string | undefined>>): string {
  for (const pair of (headers['cookie'] ?? '').split(';')) {
    const [name, ...value] = pair.split('=');
    const token = value.join('=').trim();
    if (name?.trim() === nameOf(scheme) && FORM.test(token)) return token;
  }
  return randomToken();
}

function nameOf(scheme: Scheme): string {
  return scheme === 'https' ? '__Host-harka_setup' : 'harka_setup';
}
