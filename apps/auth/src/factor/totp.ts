import { Secret, TOTP } from 'otpauth';

const PERIOD = 30;
/** Steps before and after the current one that are taken too, for clocks that are not right. */
const WINDOW = 1;

/** 160 bits, as RFC 4226 asks for. */
export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: 20 }).bytes);
}

/** How an authenticator app is told: by hand, and as a QR code. */
export function totpSetupOf(
  secret: Buffer,
  issuer: string,
  label: string,
): { readonly secret: string; readonly uri: string } {
  const totp = totpOf(secret, issuer, label);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The step that a code belongs to, or null where it is not right. Compared in constant time by the library. */
export function totpCounter(secret: Buffer, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : TOTP.counter({ period: PERIOD, timestamp }) + delta;
}

/** The code of that moment. */
export function totpCode(secret: Buffer, now: Date): string {
  return totpOf(secret).generate({ timestamp: now.getTime() });
}

function totpOf(secret: Buffer, issuer = '', label = 'account'): TOTP {
  // Apps split the label at a colon.
  const plain = (text: string) => text.replaceAll(':', ' ');
  const bytes = new Uint8Array(secret).buffer;
  return new TOTP({
    issuer: plain(issuer),
    label: plain(label),
    issuerInLabel: issuer !== '',
    secret: new Secret({ buffer: bytes }),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
  });
}
