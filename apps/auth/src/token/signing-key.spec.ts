import { describe, expect, it } from '@jest/globals';
import { ACCESS_TOKEN_LIFETIME, memberClaims } from '#libs/contracts/auth';
import { LocalKeyProvider } from '#libs/crypto';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { keyTimes } from './signing-key.js';
import { FakeSigningKeyRepository } from './signing-key.fake-repository.js';
import { SigningKeyRing } from './signing-key-ring.js';
import { JoseTokenIssuer } from './token-issuer.jose.js';

const provider = new LocalKeyProvider(Buffer.alloc(32, 3));
const DAY = 86_400_000;

function platform() {
  const clock = new FixedClock();
  const repository = new FakeSigningKeyRepository();
  const ring = new SigningKeyRing(repository, provider, clock);
  const issuer = new JoseTokenIssuer(ring, clock);
  const tenantId = newId();
  const subject = {
    id: newId(),
    name: 'A',
    email: 'a@acme.example',
    sessionId: newId(),
    role: 'learner' as const,
  };
  return { clock, repository, ring, tenantId, issue: () => issuer.issue({ ...subject, audience: tenantId }) };
}

/** As a gateway does, with the key set that it fetched at some time. */
async function verify(token: string, set: unknown, audience: string, now: Date) {
  const options = { algorithms: ['EdDSA'], issuer: 'harka', audience, typ: 'at+jwt', currentDate: now };
  return jwtVerify(token, createLocalJWKSet(set as JSONWebKeySet), options);
}

const kidOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;

describe(SigningKeyRing.name, () => {
  it('signs tokens that hold for their tenant, their minutes and no longer', async () => {
    const { clock, ring, tenantId, issue } = platform();
    const [token, set] = [await issue(), await ring.publicKeys()];
    const { payload } = await verify(token, set, tenantId, clock.now());
    const claims = memberClaims.parse(payload);
    expect(claims.exp - claims.iat).toBe(ACCESS_TOKEN_LIFETIME);
    await expect(verify(token, set, newId(), clock.now())).rejects.toThrow('"aud"');
    clock.advance((ACCESS_TOKEN_LIFETIME + 1) * 1000);
    await expect(verify(token, set, tenantId, clock.now())).rejects.toThrow('"exp"');
  });

  it('signs what a key set of another platform does not hold', async () => {
    const [here, there] = [platform(), platform()];
    const token = await here.issue();
    await expect(
      verify(token, await there.ring.publicKeys(), here.tenantId, here.clock.now()),
    ).rejects.toThrow('no applicable key');
  });

  it('stores no private key that could be read', async () => {
    const { repository, issue } = platform();
    await issue();
    const [key] = repository.keys;
    expect(key?.privateKey.toString('latin1')).not.toContain('\x04\x22\x04\x20');
  });

  it('publishes a key before it signs, so that no copy of the set is too old', async () => {
    const { clock, ring, tenantId, issue } = platform();
    await ring.refresh();
    clock.advance(keyTimes.activeMs - keyTimes.leadMs);
    await ring.refresh();
    const copy = await ring.publicKeys();
    expect(copy.keys).toHaveLength(2);
    const before = kidOf(await issue());
    clock.advance(keyTimes.leadMs);
    const token = await issue();
    expect(kidOf(token)).not.toBe(before);
    await expect(verify(token, copy, tenantId, clock.now())).resolves.toBeDefined();
  });

  it('keeps the old key until what it signed last has expired, and drops it then', async () => {
    const { clock, ring, tenantId, issue } = platform();
    await ring.refresh();
    clock.advance(keyTimes.activeMs - keyTimes.leadMs);
    await ring.refresh();
    clock.advance(keyTimes.leadMs - 1_000);
    const last = await issue();
    clock.advance(ACCESS_TOKEN_LIFETIME * 1000 - 2_000);
    await ring.refresh();
    await expect(verify(last, await ring.publicKeys(), tenantId, clock.now())).resolves.toBeDefined();
    clock.advance(keyTimes.retainMs);
    expect((await ring.publicKeys()).keys.map(({ kid }) => kid)).not.toContain(kidOf(last));
  });

  it('never runs out of keys over the years', async () => {
    const { clock, ring, tenantId, issue } = platform();
    for (let hours = 0; hours < 24 * 100; hours += 12) {
      await ring.refresh();
      await verify(await issue(), await ring.publicKeys(), tenantId, clock.now());
      clock.advance(DAY / 2);
    }
    // Also after a sleep longer than any key.
    clock.advance(400 * DAY);
    await expect(issue()).resolves.toBeDefined();
  });

  it('goes on with the old tokens after a rotation, and refuses them after a revocation', async () => {
    const { clock, ring, tenantId, issue } = platform();
    const first = await issue();
    clock.advance(1_000);
    await ring.rotate({ revoke: false });
    const second = await issue();
    expect(kidOf(second)).not.toBe(kidOf(first));
    await expect(verify(first, await ring.publicKeys(), tenantId, clock.now())).resolves.toBeDefined();
    clock.advance(1_000);
    await ring.rotate({ revoke: true });
    for (const token of [first, second]) {
      await expect(verify(token, await ring.publicKeys(), tenantId, clock.now())).rejects.toThrow(
        'no applicable key',
      );
    }
    await expect(
      verify(await issue(), await ring.publicKeys(), tenantId, clock.now()),
    ).resolves.toBeDefined();
  });

  it('agrees with another replica that starts at the same time', async () => {
    const { clock, repository, ring } = platform();
    const replica = new SigningKeyRing(repository, provider, clock);
    await ring.refresh();
    await replica.refresh();
    expect((await replica.signer()).kid).toBe((await ring.signer()).kid);
  });
});
