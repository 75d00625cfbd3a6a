import { sha256 } from '#libs/crypto';
import { randomBytes } from 'node:crypto';

const COUNT = 10;
const LENGTH = 16;
/** Crockford's: no letter that is mistaken for a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Codes of 80 bits, so a fast hash of them is enough. */
export function newRecoveryCodes(): {
  readonly codes: readonly string[];
  readonly hashes: readonly Buffer[];
} {
  const codes = Array.from({ length: COUNT }, () =>
    [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join(''),
  );
  return { codes: codes.map((code) => code.replaceAll(/.{4}(?=.)/g, '$&-')), hashes: codes.map(hashOfCode) };
}

/** The hash of a code as somebody typed it. */
export function hashOfCode(typed: string): Buffer {
  const plain = typed.toLowerCase().replaceAll(/[^0-9a-z]/g, '');
  return sha256(plain.replaceAll('o', '0').replaceAll(/[il]/g, '1'));
}
