import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { issuerKeysRotated } from '#libs/contracts/auth';
import { randomToken, TenantCipher } from '#libs/crypto';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import {
  issuerAlgorithms,
  issuerKeyTimes,
  nextKeysFrom,
  type Issuer,
  type IssuerAlgorithm,
  type IssuerKey,
} from './issuer.js';
import { IssuerRepository } from './issuer.repository.js';

const generate = promisify(generateKeyPair);
const FORGOTTEN_MS = 30 * 86_400_000;

/** The keys of academies as issuers: made with the first app, and again in time, so that apps see the next before it signs. */
@Injectable()
export class IssuerRing {
  constructor(
    private readonly issuers: IssuerRepository,
    private readonly profiles: TenantProfiles,
    private readonly cipher: TenantCipher,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Null while the academy has no app. */
  async current(): Promise<Issuer | null> {
    const issuer = await this.issuers.current();
    if (issuer === null || nextKeysFrom(issuer.keys, this.clock.now()) === null) return issuer;
    return this.renewed(false);
  }

  /** Makes the academy an issuer, once and for all at one origin. */
  async open(site: RequestSite): Promise<Issuer> {
    const known = await this.current();
    if (known !== null) return known;
    const origin = await this.profiles.linkOrigin(site);
    await this.issuers.open(origin, Buffer.from(randomToken(), 'base64url'), this.clock.now());
    return this.renewed(false);
  }

  /** As it is, or as it would become where there is none yet. */
  async shown(site: RequestSite): Promise<Issuer> {
    const known = await this.current();
    if (known !== null) return known;
    return { origin: await this.profiles.linkOrigin(site), pairwiseSalt: Buffer.alloc(0), keys: [] };
  }

  /** Signs with new keys from now on. With `revoke`, apps see the old ones no more. */
  async rotate(site: RequestSite, { revoke }: { revoke: boolean }): Promise<Issuer> {
    await this.open(site);
    return this.renewed(true, revoke);
  }

  async privateKeyOf({ kid, privateKey }: IssuerKey): Promise<Record<string, unknown>> {
    const plain = await this.cipher.decrypt(currentTenant().id, purposeOf(kid), privateKey);
    return JSON.parse(plain.toString()) as Record<string, unknown>;
  }

  private async renewed(atOnce: boolean, revoke = false): Promise<Issuer> {
    // Made before the lock is taken: an RSA key takes its time.
    const made = await Promise.all(issuerAlgorithms.map(async (algorithm) => this.create(algorithm)));
    return this.unitOfWork.run(async () => {
      const before = await this.issuers.lock();
      if (before === null) throw new Error('An issuer that is locked has been opened.');
      const now = this.clock.now();
      const from = atOnce ? now : nextKeysFrom(before.keys, now);
      if (from === null) return before;
      if (atOnce) await this.issuers.retireKeys(now, revoke);
      const activeUntil = new Date(from.getTime() + issuerKeyTimes.activeMs);
      const keys = made.map((key) => ({ ...key, activeFrom: from, activeUntil }));
      await this.issuers.addKeys(keys);
      await this.issuers.forgetKeys(new Date(now.getTime() - FORGOTTEN_MS));
      const revoked = revoke ? before.keys.map(({ kid }) => kid) : [];
      await this.events.append(issuerKeysRotated, currentTenant().id, {
        kids: keys.map(({ kid }) => kid),
        revoked,
      });
      return (await this.issuers.current()) ?? before;
    });
  }

  private async create(algorithm: IssuerAlgorithm): Promise<Omit<IssuerKey, 'activeFrom' | 'activeUntil'>> {
    const kid = randomToken(12);
    const { publicKey, privateKey } = await newPair(algorithm);
    const about = { kid, alg: algorithm, use: 'sig' };
    const secret = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...about });
    return {
      ...{ kid, algorithm, createdAt: this.clock.now(), revokedAt: null },
      publicKey: { ...publicKey.export({ format: 'jwk' }), ...about },
      privateKey: await this.cipher.encrypt(currentTenant().id, purposeOf(kid), secret),
    };
  }
}

async function newPair(algorithm: IssuerAlgorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  switch (algorithm) {
    case 'RS256':
      return generate('rsa', { modulusLength: 2_048 });
    case 'ES256':
      return generate('ec', { namedCurve: 'P-256' });
    case 'EdDSA':
      return generate('ed25519');
  }
}

const purposeOf = (kid: string) => `issuer-key:${kid}`;
