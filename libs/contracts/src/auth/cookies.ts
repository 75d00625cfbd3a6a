/** The name of the cookie of a device that is asked for no second step. */
export function deviceCookie(scheme: 'http' | 'https'): string {
  return scheme === 'https' ? '__Host-harka_device' : 'harka_device';
}

/** The names of the session cookies: with the `__Host-` prefix wherever the public connection is encrypted. */
export function sessionCookies(scheme: 'http' | 'https'): {
  readonly session: string;
  readonly refresh: string;
} {
  return scheme === 'https'
    ? { session: '__Host-harka_session', refresh: '__Host-harka_refresh' }
    : { session: 'harka_session', refresh: 'harka_refresh' };
}
