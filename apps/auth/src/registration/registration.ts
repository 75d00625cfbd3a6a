/** Somebody who asked for an account and has yet to prove the address. Not a person of the academy yet. */
export interface Registration {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const REGISTRATION_LIFETIME_MS = 24 * 3_600_000;

/** Who may register: under `open` anybody, under `domain` addresses of the academy's domains, under `invite` nobody. */
export function mayRegister(
  email: string,
  {
    registration,
    emailDomains,
  }: { registration: 'invite' | 'open' | 'domain'; emailDomains: readonly string[] },
): boolean {
  if (registration !== 'domain') return registration === 'open';
  // Of an address all before the last @ is the mailbox, and a subdomain is another domain.
  return emailDomains.includes(email.slice(email.lastIndexOf('@') + 1));
}
