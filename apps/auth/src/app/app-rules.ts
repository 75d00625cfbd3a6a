import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { AppKey } from '#libs/contracts/auth';
import { AppSettingsInvalid } from './app.errors.js';
import type { App } from './app.js';

/** @throws AppSettingsInvalid for what does not go together */
export function requireSound(app: App): void {
  const { kind, firstParty, redirectUris, subject } = app;
  const own = redirectUris.findIndex((uri) => !/^https?:/.test(uri));
  if (own >= 0 && kind === 'confidential') {
    throw new AppSettingsInvalid(
      `/redirectUris/${own}`,
      'An address with a scheme of its own is for public apps: any program of a device can take it.',
    );
  }
  if (firstParty && subject === 'pairwise') {
    throw new AppSettingsInvalid('/subject', 'Apps of the academy itself know people by their id.');
  }
  requireKeys(app);
}

const FEWEST_BITS = 2_048;

function requireKeys({ authentication, publicKeys }: App): void {
  if (authentication === 'private_key_jwt' && publicKeys.length === 0) {
    throw new AppSettingsInvalid('/publicKeys', 'An app that proves itself by a key has at least one.');
  }
  publicKeys.forEach((key, place) => {
    const fault = faultOf(key);
    if (fault !== null) throw new AppSettingsInvalid(`/publicKeys/${place}`, fault);
  });
  const names = publicKeys.flatMap(({ kid }) => (kid === undefined ? [] : [kid]));
  if (new Set(names).size < names.length) {
    throw new AppSettingsInvalid('/publicKeys', 'Two keys have the same name (kid).');
  }
}

/** The algorithms that a key of a kind signs with. */
const algorithms: Readonly<Record<AppKey['kty'], readonly string[]>> = {
  RSA: ['RS256', 'PS256'],
  EC: ['ES256'],
  OKP: ['EdDSA', 'Ed25519'],
};

function faultOf(key: AppKey): string | null {
  if (key.alg !== undefined && !algorithms[key.kty].includes(key.alg)) {
    return `A key of the kind ${key.kty} does not sign by ${key.alg}.`;
  }
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    const bits = asymmetricKeyDetails?.modulusLength ?? FEWEST_BITS;
    return bits < FEWEST_BITS ? `A key of RSA has at least ${FEWEST_BITS} bits.` : null;
  } catch {
    return 'This is no public key.';
  }
}
