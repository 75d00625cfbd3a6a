import { WeakPassword } from './password.errors.js';
import { isCommon } from './common-passwords.js';

export const SHORTEST_PASSWORD = 10;
/** Where bcrypt stops reading: two passwords that differ only behind it would be the same. */
export const LONGEST_PASSWORD_BYTES = 72;
/** The password of the demo accounts, known to the whole world. */
export const DEMO_PASSWORD = 'harka-demo-1';

/** The one form of a password, whichever way a keyboard composed its characters (NFKC, as NIST SP 800-63B asks). */
export function normalizedPassword(typed: string): string {
  return typed.normalize('NFKC');
}

/** Whether bcrypt can take the whole of it. Half a character becomes a question mark in UTF-8, as any other half would. */
export function fitsHash(password: string): boolean {
  return (
    Buffer.byteLength(password) <= LONGEST_PASSWORD_BYTES &&
    password.isWellFormed() &&
    !password.includes('\0')
  );
}

/** What a person's password must not be made of. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/**
 * The password to hash, if it is one that a person may choose. `field` is where it stood in the request.
 * @throws WeakPassword
 */
export function acceptablePassword(typed: string, owner: PasswordOwner, field = 'password'): string {
  const password = normalizedPassword(typed);
  if (Array.from(password).length < SHORTEST_PASSWORD) throw new WeakPassword(field, 'password_too_short');
  if (!fitsHash(password)) throw new WeakPassword(field, 'password_too_long');
  if (isGuessable(password, owner)) throw new WeakPassword(field, 'password_common');
  return password;
}

function isGuessable(password: string, { email, name }: PasswordOwner): boolean {
  const plain = password.toLowerCase();
  const [mailbox = ''] = email.split('@');
  const own = [email, mailbox, name, name.replaceAll(' ', ''), 'harka'].map((part) => part.toLowerCase());
  return isCommon(plain) || own.some((part) => part.length >= 4 && withoutAffixes(plain) === part);
}

/** The word behind the digits and signs that people put around it. */
function withoutAffixes(password: string): string {
  return password.replace(/^[\d\W_]+|[\d\W_]+$/gu, '');
}
