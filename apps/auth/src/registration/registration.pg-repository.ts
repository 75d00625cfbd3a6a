import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Registration } from './registration.js';
import { RegistrationRepository } from './registration.repository.js';

const columns = `id, email, name, password_hash AS "passwordHash", created_at AS "createdAt", expires_at AS "expiresAt"`;

const ADD = `
  INSERT INTO auth.registrations (tenant_id, id, email, name, password_hash, token_hash, created_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)`;
const DELETE_EXPIRED = 'DELETE FROM auth.registrations WHERE expires_at < $1';
const LATEST_OF = `
  SELECT ${columns} FROM auth.registrations WHERE email = $1 AND expires_at > $2
   ORDER BY created_at DESC LIMIT 1`;
const REDEEM = `
  DELETE FROM auth.registrations WHERE token_hash = $1 AND expires_at > $2 RETURNING ${columns}`;
const DELETE_OF = 'DELETE FROM auth.registrations WHERE email = $1';

@Injectable()
export class PgRegistrationRepository extends RegistrationRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(registration: Registration, tokenHash: Buffer): Promise<void> {
    const { id, email, name, passwordHash, createdAt, expiresAt } = registration;
    await this.database.query(DELETE_EXPIRED, [createdAt]);
    await this.database.query(ADD, [id, email, name, passwordHash, tokenHash, createdAt, expiresAt]);
  }

  async latestOf(email: string, now: Date): Promise<Registration | null> {
    return (await this.database.query<Registration>(LATEST_OF, [email, now]))[0] ?? null;
  }

  async redeem(tokenHash: Buffer, now: Date): Promise<Registration | null> {
    const [registration] = await this.database.query<Registration>(REDEEM, [tokenHash, now]);
    if (registration === undefined) return null;
    await this.database.query(DELETE_OF, [registration.email]);
    return registration;
  }
}
