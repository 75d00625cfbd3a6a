import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { JsonWebKeySet } from '#libs/contracts/auth';
import { randomToken, type KeyProvider } from '#libs/crypto';
import { DomainError, type Clock } from '#libs/kernel';
import { keyTimes, nextStart, publishedAt, signerAt, type SigningKey } from './signing-key.js';
import type { SigningKeyRepository } from './signing-key.repository.js';

export interface Signer {
  readonly kid: string;
  readonly key: KeyObject;
}

/**
 * The signing keys as a process knows them. `refresh`, called every minute, reads them and makes the next one in time:
 * it is published before it signs, and stays so until all that it signed has expired.
 */
export class SigningKeyRing {
  private keys: readonly SigningKey[] = [];
  private readonly unwrapped = new Map<string, KeyObject>();

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly provider: KeyProvider,
    private readonly clock: Clock,
  ) {}

  async refresh(): Promise<void> {
    const now = this.clock.now();
    this.keys = await this.repository.all();
    if (nextStart(this.keys, now) === null) return;
    this.keys = await this.repository.change(async (keys) => {
      const start = nextStart(keys, now);
      return start === null ? {} : { added: await this.create(start) };
    }, now);
  }

  /** Signs with a new key from now on. With `revoke`, what the others signed is refused at once. */
  async rotate({ revoke }: { revoke: boolean }): Promise<string> {
    const now = this.clock.now();
    const added = await this.create(now);
    this.keys = await this.repository.change(async (keys) => {
      const others = keys.map(({ kid }) => kid);
      return { added, retired: others, revoked: revoke ? others : [] };
    }, now);
    return added.kid;
  }

  async signer(): Promise<Signer> {
    if (signerAt(this.keys, this.clock.now()) === undefined) await this.refresh();
    const found = signerAt(this.keys, this.clock.now());
    if (found === undefined) {
      throw new DomainError('unavailable', 'auth.no_signing_key', 'Nobody can sign in now.');
    }
    return { kid: found.kid, key: await this.unwrap(found) };
  }

  async publicKeys(): Promise<JsonWebKeySet> {
    if (this.keys.length === 0) await this.refresh();
    const shape = { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' } as const;
    return {
      keys: publishedAt(this.keys, this.clock.now()).map(({ kid, publicKey }) => ({
        ...shape,
        kid,
        x: publicKey,
      })),
    };
  }

  private async create(activeFrom: Date): Promise<SigningKey> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const kid = randomToken(9);
    const { x } = publicKey.export({ format: 'jwk' }) as { x: string };
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
    return {
      ...{ kid, publicKey: x, createdAt: this.clock.now(), revokedAt: null, activeFrom },
      privateKey: await this.provider.wrap(secret, wrapContext(kid)),
      activeUntil: new Date(activeFrom.getTime() + keyTimes.activeMs),
    };
  }

  private async unwrap({ kid, privateKey }: SigningKey): Promise<KeyObject> {
    const known = this.unwrapped.get(kid);
    if (known !== undefined) return known;
    const secret = await this.provider.unwrap(privateKey, wrapContext(kid));
    const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    this.unwrapped.clear();
    this.unwrapped.set(kid, key);
    return key;
  }
}

function wrapContext(kid: string): string {
  return JSON.stringify(['auth signing key', kid]);
}
