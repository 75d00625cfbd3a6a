import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceName } from '#libs/contracts';
import { SignJWT, importJWK, type JWK } from 'jose';
import { anonymous } from './request-context.js';
import { ContextSigner, ContextVerifier, type Identity, type ServiceKey } from './signed-context.js';

function keyOf(kid: ServiceName): ServiceKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    ...(privateKey.export({ format: 'jwk' }) as { x: string; d: string }),
    kty: 'OKP',
    crv: 'Ed25519',
    kid,
  };
}

const identity: Identity = {
  tenant: {
    id: '0192f0c1-2f5e-7abc-8def-0123456789ab',
    slug: 'acme',
    name: 'Acme',
    plan: 'starter',
    status: 'active',
  },
  actor: {
    ...anonymous,
    kind: 'user',
    id: '0192f0c1-2f5e-7abc-8def-0123456789ac',
    permissions: ['courses.read'],
  },
};

describe(ContextVerifier.name, () => {
  const keys = [keyOf('gateway'), keyOf('courses')];
  let signer: ContextSigner;
  let verifier: ContextVerifier;

  beforeAll(async () => {
    signer = await ContextSigner.of('gateway', keys);
    verifier = await ContextVerifier.of('courses', keys);
  });

  it('gives back what a service signed for it', async () => {
    expect(await verifier.verify(await signer.sign(identity, 'courses'))).toEqual(identity);
  });

  it('remembers a token only until it expires', async () => {
    const now = new Date();
    const token = await signer.sign(identity, 'courses', now);
    await verifier.verify(token, now);
    expect(verifier.remembered(token, now.getTime())).toEqual(identity);
    expect(verifier.remembered(token, now.getTime() + 31_000)).toBeUndefined();
    await expect(verifier.verify(token, new Date(now.getTime() + 31_000))).rejects.toMatchObject({
      code: 'context.invalid',
    });
  });

  it('refuses a token for another service', async () => {
    const token = await signer.sign(identity, 'insights');
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'context.invalid' });
  });

  it('refuses a token signed by a stranger under a known name', async () => {
    const stranger = await ContextSigner.of('gateway', [keyOf('gateway')]);
    await expect(verifier.verify(await stranger.sign(identity, 'courses'))).rejects.toMatchObject({
      code: 'context.invalid',
    });
  });

  it('refuses a service that speaks in the name of another', async () => {
    const own = keys[1] as unknown as JWK;
    const token = await new SignJWT({ ...identity })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'gateway' })
      .setIssuer('gateway')
      .setAudience('courses')
      .setExpirationTime('30s')
      .sign(await importJWK(own, 'EdDSA'));
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'context.invalid' });
  });

  it('refuses an unsigned token', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none', kid: 'gateway' })}.${part({ ...identity, aud: 'courses', exp: 4e9 })}.`;
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'context.invalid' });
  });
});
