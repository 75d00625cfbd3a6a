import { ResultCodeError } from 'ldapts';
import { Refusal } from '../federation/refusal.js';

/** What a directory, or the way to it, objects to. */
export class LdapFault extends Refusal {
  constructor(
    reason: string,
    found: Refusal['found'] = {},
    /** Whether another server of the same directory may do better. */
    readonly isOfServer = false,
    cause?: unknown,
  ) {
    super(reason, found, cause);
  }
}

/** The server cannot be asked; the next one may. */
export function serverFault(reason: string, actual: string, cause?: unknown): LdapFault {
  return new LdapFault(reason, { actual }, true, cause);
}

const BUSY = 51;
const UNAVAILABLE = 52;
const TIME_LIMIT = 3;
const SIZE_LIMIT = 4;
const ADMIN_LIMIT = 11;
const NO_SUCH_OBJECT = 32;
const INVALID_DN = 34;
const REFERRAL = 10;
const INVALID_CREDENTIALS = 49;

/** What went wrong while asking, in our words. */
export function faultOf(error: unknown, what: string): LdapFault {
  if (error instanceof LdapFault) return error;
  const words = wordsOf(error);
  if (!(error instanceof ResultCodeError)) return serverFault('ldap_connection_broke', words, error);
  switch (error.code) {
    case BUSY:
    case UNAVAILABLE:
      return serverFault('ldap_unavailable', words, error);
    case TIME_LIMIT:
    case ADMIN_LIMIT:
      return new LdapFault('ldap_too_slow', { actual: words }, false, error);
    case SIZE_LIMIT:
      return new LdapFault('ldap_too_many', { actual: words }, false, error);
    case NO_SUCH_OBJECT:
    case INVALID_DN:
      return new LdapFault('ldap_base_missing', { expected: what, actual: words }, false, error);
    case REFERRAL:
      return new LdapFault('ldap_referral', { expected: what, actual: words }, false, error);
    default:
      return new LdapFault('ldap_refused', { expected: what, actual: words }, false, error);
  }
}

/** How Active Directory says in numbers what is wrong with somebody whose bind it refuses (hexadecimal). */
const held: Readonly<Record<string, string>> = {
  '530': 'ldap_account_hours',
  '531': 'ldap_account_hours',
  '532': 'ldap_password_change',
  '533': 'ldap_account_disabled',
  '701': 'ldap_account_expired',
  '773': 'ldap_password_change',
  '775': 'ldap_account_locked',
};

/** Why a bind was refused. Null: for what is wrong with the server rather than with who binds. */
export function bindRefusal(error: unknown): string | null {
  if (!(error instanceof ResultCodeError)) return null;
  if (error.code === BUSY || error.code === UNAVAILABLE) return null;
  if (error.code !== INVALID_CREDENTIALS) return 'ldap_bind_refused';
  const [, data = ''] = /\bdata ([0-9a-f]{3,4})\b/.exec(error.message) ?? [];
  return held[data] ?? 'ldap_wrong_password';
}

export function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // The client adds a code to what the server said; a bind's password is in none of it.
  return text.split('\n')[0]?.replaceAll('\u0000', '').slice(0, 300) ?? '';
}
