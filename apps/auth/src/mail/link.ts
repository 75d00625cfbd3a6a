import { randomToken, sha256 } from '#libs/crypto';

/** The token of a link, which only the mail holds, and the hash by which it is known again. */
export interface LinkToken {
  readonly token: string;
  readonly hash: Buffer;
}

export function newLinkToken(): LinkToken {
  const token = randomToken();
  return { token, hash: sha256(token) };
}

/** In the fragment, which browsers keep to themselves: not in logs, not in Referer. */
export function linkTo(origin: string, path: string, token: string): string {
  return `${origin}${path}#token=${token}`;
}
