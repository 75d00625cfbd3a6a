import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { CredentialRepository } from './credential.repository.js';

const HASH_OF = 'SELECT password_hash AS hash FROM auth.credentials WHERE user_id = $1';
const HASH_OF_EMAIL = `
  SELECT c.password_hash AS hash
    FROM auth.users u JOIN auth.credentials c ON c.tenant_id = u.tenant_id AND c.user_id = u.id
   WHERE u.email = $1`;
const SAVE = `
  INSERT INTO auth.credentials (tenant_id, user_id, password_hash, changed_at)
  VALUES (app.current_tenant(), $1, $2, $3)
  ON CONFLICT (tenant_id, user_id) DO UPDATE
    SET password_hash = excluded.password_hash, changed_at = excluded.changed_at`;
const UPGRADE = 'UPDATE auth.credentials SET password_hash = $3 WHERE user_id = $1 AND password_hash = $2';

@Injectable()
export class PgCredentialRepository extends CredentialRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async hashOf(userId: string): Promise<string | null> {
    return (await this.database.query<{ hash: string }>(HASH_OF, [userId]))[0]?.hash ?? null;
  }

  async hashOfEmail(email: string): Promise<string | null> {
    return (await this.database.query<{ hash: string }>(HASH_OF_EMAIL, [email]))[0]?.hash ?? null;
  }

  async save(userId: string, passwordHash: string, at: Date): Promise<void> {
    await this.database.query(SAVE, [userId, passwordHash, at]);
  }

  async upgrade(userId: string, outdated: string, passwordHash: string): Promise<void> {
    await this.database.query(UPGRADE, [userId, outdated, passwordHash]);
  }
}
