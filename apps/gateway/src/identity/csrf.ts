import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Proof that a change asked for with a cookie was asked for by a page of the same origin: an HMAC of the session's id,
 * which a foreign page can neither read nor compute. It holds as long as the session and needs no store.
 */
export class CsrfTokens {
  constructor(private readonly secret: Buffer) {}

  /** @param sessionId null for a visitor who has not signed in; that token opens nothing. */
  issue(sessionId: string | null): string {
    return this.mac(sessionId).toString('base64url');
  }

  holds(token: string | undefined, sessionId: string): boolean {
    if (token === undefined) return false;
    const given = Buffer.from(token, 'base64url');
    const expected = this.mac(sessionId);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private mac(sessionId: string | null): Buffer {
    return createHmac('sha256', this.secret)
      .update(sessionId === null ? 'visitor' : `session:${sessionId}`)
      .digest();
  }
}

/** What a browser says about where a request comes from. */
export interface RequestOrigin {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  /** The Host header, with its port. */
  readonly host: string;
}

/** True when the browser itself says that the request comes from another site. Programs say nothing. */
export function isForeign({ origin, fetchSite, host }: RequestOrigin): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return true;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== withoutDefaultPort(host, origin);
}

function withoutDefaultPort(host: string, origin: string): string {
  return host.toLowerCase().replace(origin.startsWith('https:') ? /\.?:443$/ : /\.?:80$/, '');
}
