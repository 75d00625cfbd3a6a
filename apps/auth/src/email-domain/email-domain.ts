import type { EmailDomainView } from '#libs/contracts/auth';

/** A domain of e-mail addresses that an academy says is its own, and has proved by a TXT record. */
export interface EmailDomain {
  readonly domain: string;
  readonly proofToken: string;
  readonly connectionId: string | null;
  readonly verifiedAt: Date | null;
  readonly createdAt: Date;
}

export const MOST_EMAIL_DOMAINS = 50;

/** Where the proof of a domain stands, and what it says. It names the academy, so it proves nothing for another. */
export function proofOf(tenantId: string, { domain, proofToken }: EmailDomain) {
  return {
    name: `_harka-email.${domain}`,
    type: 'TXT' as const,
    value: `harka-email=${tenantId}.${proofToken}`,
  };
}

export function emailDomainView(tenantId: string, domain: EmailDomain): EmailDomainView {
  return {
    domain: domain.domain,
    state: domain.verifiedAt === null ? 'pending' : 'verified',
    proof: proofOf(tenantId, domain),
    connectionId: domain.connectionId,
    verifiedAt: domain.verifiedAt?.toISOString() ?? null,
    createdAt: domain.createdAt.toISOString(),
  };
}

/** Mail domains that everybody has an address of: they are nobody's to prove. */
const everybodys = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'gmx.at',
  'web.de',
  'proton.me',
  'protonmail.com',
  'mail.ru',
  'qq.com',
  '163.com',
]);

export function isEverybodys(domain: string): boolean {
  return everybodys.has(domain);
}
