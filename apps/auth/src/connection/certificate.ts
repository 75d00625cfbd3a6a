import { X509Certificate } from 'node:crypto';
import type { CertificateView } from '#libs/contracts/auth';

/** A certificate in PEM, from PEM or from the bare base64 of metadata. Null for what is none. */
export function certificateOf(text: string): string | null {
  const body = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '');
  if (body === '' || !/^[A-Za-z0-9+/=]+$/.test(body)) return null;
  const lines = body.match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----`;
  try {
    return new X509Certificate(pem).toString().trim();
  } catch {
    // Whatever it is, nobody can have signed with it.
    return null;
  }
}

export function certificateView(pem: string): CertificateView {
  const { fingerprint256, subject, validFrom, validTo } = new X509Certificate(pem);
  return {
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: subject.replaceAll('\n', ', '),
    notBefore: new Date(validFrom).toISOString(),
    notAfter: new Date(validTo).toISOString(),
    pem,
  };
}

/** The base64 inside, as metadata carry it. */
export function bareCertificate(pem: string): string {
  return pem.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '');
}
