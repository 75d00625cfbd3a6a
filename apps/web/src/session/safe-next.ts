/** Where to go after signing in: a path of this academy, never another site. */
export function safeNext(next: string | undefined): string {
  if (next === undefined) return '/';
  // As a browser reads it: it drops tabs and line ends, and takes backslashes for slashes.
  const url = new URL(next, 'https://academy.invalid');
  const staysHere = next.startsWith('/') && url.origin === 'https://academy.invalid';
  return staysHere && url.pathname !== '/sign-in' ? url.pathname + url.search + url.hash : '/';
}

/** Whether a path is one that the server answers and no page of this app: a sign-in to another app goes on there. */
export const isServed = (path: string): boolean => path.startsWith('/oidc/');
