import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { randomToken } from '#libs/crypto';
import { X509CertificateGenerator } from '@peculiar/x509';

/** A key of our side of one connection, with the certificate that providers know it by. */
export interface OwnKey {
  /** PEM. */
  readonly certificate: string;
  /** PKCS #8, PEM. */
  readonly key: string;
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const YEARS_MS = 10 * 365 * 86_400_000;

/** A new key with a self-signed certificate. Providers pin it, so how long it says it holds is only a hint. */
export async function newOwnKey(commonName: string, now: Date): Promise<OwnKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(randomToken(15)).subarray(0, 15).toString('hex'),
    name: [{ CN: [commonName.slice(0, 60)] }],
    notBefore: new Date(now.getTime() - 86_400_000),
    notAfter: new Date(now.getTime() + YEARS_MS),
    keys,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { certificate: certificate.toString('pem').trim(), key: pem('PRIVATE KEY', pkcs8) };
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----`;
}
