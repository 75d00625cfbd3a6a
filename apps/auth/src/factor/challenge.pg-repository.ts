import { Injectable } from '@nestjs/common';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { z } from 'zod';
import type { Challenge, SteppedByProvider } from './challenge.js';
import { ChallengeRepository } from './challenge.repository.js';

const PRUNE = `
  DELETE FROM auth.sign_in_challenges WHERE id IN
    (SELECT id FROM auth.sign_in_challenges WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)`;
const ADD = `
  INSERT INTO auth.sign_in_challenges (tenant_id, id, token_hash, purpose, user_id, method, amr, user_agent,
                                       webauthn_challenge, created_at, expires_at, provider)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
const LOCK = `
  SELECT id, purpose, user_id AS "userId", method, amr, user_agent AS "userAgent",
         webauthn_challenge AS "webauthnChallenge", attempts, expires_at AS "expiresAt", provider AS "sealed"
    FROM auth.sign_in_challenges WHERE token_hash = $1 AND expires_at > $2 FOR UPDATE`;
const SET = 'UPDATE auth.sign_in_challenges SET webauthn_challenge = $2 WHERE id = $1';
const COUNT =
  'UPDATE auth.sign_in_challenges SET attempts = attempts + 1, webauthn_challenge = NULL WHERE id = $1';
const REMOVE = 'DELETE FROM auth.sign_in_challenges WHERE id = $1';
const REMOVE_OF = 'DELETE FROM auth.sign_in_challenges WHERE user_id = $1';

const PURPOSE = 'sign-in-challenge';
const steppedByProvider = z.object({
  session: z.object({
    connectionId: z.string(),
    issuer: z.string(),
    subject: z.string(),
    providerSession: z.string().nullable(),
    logoutHint: z.string().nullable(),
  }),
  until: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .nullable(),
});

interface ChallengeRow extends Omit<Challenge, 'provider'> {
  readonly sealed: Buffer | null;
}

@Injectable()
export class PgChallengeRepository extends ChallengeRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async add(challenge: Challenge, tokenHash: Buffer, now: Date): Promise<void> {
    const { id, purpose, userId, method, amr, userAgent, webauthnChallenge, expiresAt } = challenge;
    await this.database.query(PRUNE, [now]);
    const values = [
      id,
      tokenHash,
      purpose,
      userId,
      method,
      amr,
      userAgent,
      webauthnChallenge,
      now,
      expiresAt,
      challenge.provider === null ? null : await this.sealed(challenge.provider),
    ];
    await this.database.query(ADD, values);
  }

  async lock(tokenHash: Buffer, now: Date): Promise<Challenge | null> {
    const [row] = await this.database.query<ChallengeRow>(LOCK, [tokenHash, now]);
    if (row === undefined) return null;
    const { sealed, ...challenge } = row;
    return { ...challenge, provider: sealed === null ? null : await this.opened(sealed) };
  }

  async setWebauthnChallenge(id: string, value: string | null): Promise<void> {
    await this.database.query(SET, [id, value]);
  }

  async countAttempt(id: string): Promise<void> {
    await this.database.query(COUNT, [id]);
  }

  async remove(id: string): Promise<void> {
    await this.database.query(REMOVE, [id]);
  }

  async removeOf(userId: string): Promise<void> {
    await this.database.query(REMOVE_OF, [userId]);
  }

  private async sealed(provider: SteppedByProvider): Promise<Buffer> {
    return this.cipher.encrypt(currentTenant().id, PURPOSE, JSON.stringify(provider));
  }

  private async opened(sealed: Buffer): Promise<SteppedByProvider> {
    const plain = await this.cipher.decrypt(currentTenant().id, PURPOSE, sealed);
    return steppedByProvider.parse(JSON.parse(plain.toString()));
  }
}
