import { createPrivateKey, X509Certificate } from 'node:crypto';

/** Why a certificate is not put into use. */
export class CertificateFault extends Error {
  override readonly name = 'CertificateFault';
}

export interface Certificate {
  /** Key and chain, the leaf first, without a blank line: HAProxy drops what stands behind one. */
  readonly pem: string;
  /** SHA-1 of the leaf, upper-case hexadecimal: by which HAProxy tells certificates apart. */
  readonly fingerprint: string;
  readonly notAfter: Date;
}

const block = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g;

/**
 * Reads a chain with its key, for a host or for all below one (`*.example.org`).
 * @throws CertificateFault when there is no chain or no key, when the key is another one's, when it is another host's,
 * or when it has run out
 */
export function readCertificate(host: string, text: string, now: Date): Certificate {
  const blocks = [...text.matchAll(block)].map(([pem, label = '']) => ({ pem, label }));
  const chain = blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ pem }) => pem);
  const keys = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY')).map(({ pem }) => pem);
  const [first] = chain;
  const [keyPem, ...more] = keys;
  if (first === undefined) throw new CertificateFault('There is no certificate in it.');
  if (keyPem === undefined || more.length > 0) {
    throw new CertificateFault(`One private key is expected beside the chain; there are ${keys.length}.`);
  }
  const leaf = parsed(() => new X509Certificate(first), 'The first certificate cannot be read');
  for (const pem of chain.slice(1)) parsed(() => new X509Certificate(pem), 'The chain cannot be read');
  const key = parsed(() => createPrivateKey(keyPem), 'The private key cannot be read');
  if (!leaf.checkPrivateKey(key)) {
    throw new CertificateFault('The private key does not belong to the certificate.');
  }
  if (leaf.checkHost(host.replace('*', 'any')) === undefined) {
    throw new CertificateFault(`It is none for ${host}.`);
  }
  const notAfter = new Date(leaf.validTo);
  if (notAfter <= now) throw new CertificateFault(`It ran out at ${notAfter.toISOString()}.`);
  const pem = [...chain, keyPem].map((each) => `${withoutBlankLines(each)}\n`).join('');
  return { pem, fingerprint: leaf.fingerprint.replaceAll(':', ''), notAfter };
}

function parsed<T>(read: () => T, words: string): T {
  try {
    return read();
  } catch (error) {
    throw new CertificateFault(`${words}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function withoutBlankLines(pem: string): string {
  return pem
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .join('\n');
}
