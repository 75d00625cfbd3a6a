import type { Entry } from 'ldapts';

/** An entry of a directory. Names of attributes are in lower case, as it does not matter there. */
export interface LdapEntry {
  readonly dn: string;
  readonly values: ReadonlyMap<string, readonly (string | Buffer)[]>;
}

const DISABLED = 2;
const NEVER = '9223372036854775807';
/** Seconds between 1601, where Active Directory begins to count, and 1970. */
const BEFORE_1970 = 11_644_473_600;

/** Attributes that say that somebody may not sign in, though his password is right. */
export const heldBackAttributes = [
  'userAccountControl',
  'accountExpires',
  'pwdLastSet',
  'pwdReset',
  'pwdAccountLockedTime',
  'nsAccountLock',
  'loginDisabled',
] as const;

export function entryOf({ dn, ...attributes }: Entry): LdapEntry {
  const values = new Map<string, readonly (string | Buffer)[]>();
  for (const [name, given] of Object.entries(attributes)) {
    // What a server sends again under another spelling adds nothing.
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, Array.isArray(given) ? given : [given]);
  }
  return { dn, values };
}

export function textsOf(entry: LdapEntry, attribute: string): string[] {
  const values = entry.values.get(attribute.toLowerCase()) ?? [];
  return values.filter((value) => typeof value === 'string');
}

/** What names somebody for ever. Null where the entry does not say it, or says more than one. */
export function subjectOf(entry: LdapEntry, idAttribute: string): string | null {
  const values = entry.values.get(idAttribute.toLowerCase()) ?? [];
  const [value] = values;
  if (value === undefined || values.length > 1) return null;
  if (isGuid(idAttribute)) return Buffer.isBuffer(value) ? guidOf(value) : null;
  const text = Buffer.isBuffer(value) ? value.toString('hex') : value.trim();
  return text === '' || text.length > 300 ? null : text.toLowerCase();
}

/** A subject as the directory compares it. */
export function idValueOf(subject: string, idAttribute: string): string | Buffer {
  if (!isGuid(idAttribute)) return subject;
  const bytes = Buffer.from(subject.replaceAll('-', ''), 'hex');
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Buffer.from(order.map((at) => bytes.readUInt8(at)));
}

export function isGuid(idAttribute: string): boolean {
  return idAttribute.toLowerCase() === 'objectguid';
}

/** As Active Directory writes it: the first three parts are little-endian. */
function guidOf(bytes: Buffer): string | null {
  if (bytes.length !== 16) return null;
  const part = (...at: readonly number[]) =>
    at.map((index) => bytes.readUInt8(index).toString(16).padStart(2, '0')).join('');
  return [part(3, 2, 1, 0), part(5, 4), part(7, 6), part(8, 9), part(10, 11, 12, 13, 14, 15)].join('-');
}

export type HeldBack = 'ldap_account_disabled' | 'ldap_account_expired' | 'ldap_password_change';

/** Why somebody may not sign in whatever he types; null when nothing is against it. */
export function heldBack(entry: LdapEntry, now: Date): HeldBack | null {
  const first = (attribute: string) => textsOf(entry, attribute)[0];
  if ((Number(first('userAccountControl') ?? 0) & DISABLED) !== 0) return 'ldap_account_disabled';
  if (/^true$/i.test(first('nsAccountLock') ?? '') || /^true$/i.test(first('loginDisabled') ?? '')) {
    return 'ldap_account_disabled';
  }
  // The time that stands for a lock without an end.
  if (first('pwdAccountLockedTime')?.startsWith('000001010000') === true) return 'ldap_account_disabled';
  const expires = first('accountExpires');
  if (expires !== undefined && expires !== '0' && expires !== NEVER) {
    const at = (Number(expires) / 10_000_000 - BEFORE_1970) * 1000;
    if (at <= now.getTime()) return 'ldap_account_expired';
  }
  const mustChange = first('pwdLastSet') === '0' || /^true$/i.test(first('pwdReset') ?? '');
  return mustChange ? 'ldap_password_change' : null;
}

/** Whether what was found is what was looked for: a server that answers with somebody else signs nobody in. */
export function bearsName(entry: LdapEntry, compared: readonly string[], name: string): boolean {
  return compared.some((attribute) =>
    textsOf(entry, attribute).some((value) => folded(value) === folded(name)),
  );
}

/** As directories compare names: neither case nor the number of blanks matters. */
export function folded(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
