import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { appKey, newApp, type AppKey } from '#libs/contracts/auth';
import { newId } from '#libs/kernel';
import { requireSound } from './app-rules.js';
import { createApp } from './app.js';

const rsa = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' });
const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyOf = (jwk: JsonWebKey, more: Partial<AppKey> = {}): AppKey => appKey.parse({ ...jwk, ...more });

function judged(publicKeys: readonly AppKey[]): string {
  const input = newApp.parse({ name: 'With keys', redirectUris: ['https://app.example/back'], publicKeys });
  const app = createApp(newId(), { ...input, authentication: 'private_key_jwt' }, [], new Date());
  try {
    requireSound(app);
    return 'sound';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the keys of an app', () => {
  it('are of three kinds, several at once', () => {
    const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    const curve = ec().publicKey.export({ format: 'jwk' });
    expect(judged([keyOf(rsa(2_048), { kid: 'a' }), keyOf(curve, { kid: 'b' }), keyOf(ed)])).toBe('sound');
  });

  it('are one at least, strong, whole, and told apart', () => {
    const curve = ec().publicKey.export({ format: 'jwk' });
    expect(judged([])).toContain('at least one');
    expect(judged([keyOf(rsa(1_024))])).toContain('2048 bits');
    expect(judged([{ kty: 'EC', crv: 'P-256', x: 'AAAA' }])).toContain('no public key');
    expect(judged([keyOf(curve, { alg: 'RS256' })])).toContain('does not sign by RS256');
    expect(judged([keyOf(curve, { kid: 'a' }), keyOf(curve, { kid: 'a' })])).toContain('same name');
  });

  it('are never private, nor shared', () => {
    const secret = ec().privateKey.export({ format: 'jwk' });
    expect(appKey.safeParse(secret).success).toBe(false);
    expect(appKey.safeParse({ kty: 'oct', k: 'AAAA' }).success).toBe(false);
  });
});
