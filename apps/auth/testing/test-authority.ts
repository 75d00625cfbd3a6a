import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR = 3_600_000;
let serial = 1;

export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority that a directory's certificate comes from, as a company has its own. */
export class TestAuthority {
  private constructor(
    readonly certificate: string,
    private readonly name: string,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async make(name = 'CN=Corp Root'): Promise<TestAuthority> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const made = await X509CertificateGenerator.createSelfSigned({
      ...{ serialNumber: String(serial++).padStart(4, '0'), name, keys, signingAlgorithm: algorithm },
      ...validity(),
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
    });
    return new TestAuthority(made.toString('pem'), name, keys);
  }

  /** For these host names and addresses. */
  async issue(names: readonly string[], hours = 24): Promise<TestCertificate> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const made = await X509CertificateGenerator.create({
      ...{ serialNumber: String(serial++).padStart(4, '0'), subject: `CN=${names[0] ?? 'host'}` },
      ...{ issuer: this.name, publicKey: keys.publicKey, signingKey: this.keys.privateKey },
      ...validity(hours),
      signingAlgorithm: algorithm,
      extensions: [
        new SubjectAlternativeNameExtension(
          names.map((value) => ({
            type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const),
            value,
          })),
        ),
      ],
    });
    const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
    const lines = pkcs8.match(/.{1,64}/g)?.join('\n') ?? '';
    const key = `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`;
    return { certificate: made.toString('pem'), key };
  }
}

function validity(hours = 24) {
  return { notBefore: new Date(Date.now() - 48 * HOUR), notAfter: new Date(Date.now() + hours * HOUR) };
}
