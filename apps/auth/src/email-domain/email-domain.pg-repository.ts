import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { EmailDomain } from './email-domain.js';
import { EmailDomainRepository } from './email-domain.repository.js';

const columns = `domain, proof_token AS "proofToken", connection_id AS "connectionId", verified_at AS "verifiedAt",
  created_at AS "createdAt"`;
const ALL = `SELECT ${columns} FROM auth.email_domains ORDER BY domain LIMIT 100`;
const BY_NAME = `SELECT ${columns} FROM auth.email_domains WHERE domain = $1`;
const ADD = `
  INSERT INTO auth.email_domains (tenant_id, domain, proof_token, connection_id, created_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4)
  ON CONFLICT (tenant_id, domain) DO NOTHING
  RETURNING domain`;
const VERIFY = 'UPDATE auth.email_domains SET verified_at = $2 WHERE domain = $1';
const REMOVE = 'DELETE FROM auth.email_domains WHERE domain = $1 RETURNING domain';

@Injectable()
export class PgEmailDomainRepository extends EmailDomainRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async all(): Promise<readonly EmailDomain[]> {
    return this.database.query<EmailDomain>(ALL);
  }

  async byName(domain: string): Promise<EmailDomain | null> {
    return (await this.database.query<EmailDomain>(BY_NAME, [domain]))[0] ?? null;
  }

  async isVerified(domain: string): Promise<boolean> {
    const found = await this.byName(domain);
    return found !== null && found.verifiedAt !== null;
  }

  async add({ domain, proofToken, connectionId, createdAt }: EmailDomain): Promise<boolean> {
    return (await this.database.query(ADD, [domain, proofToken, connectionId, createdAt])).length === 1;
  }

  async verify(domain: string, at: Date): Promise<void> {
    await this.database.query(VERIFY, [domain, at]);
  }

  async remove(domain: string): Promise<boolean> {
    return (await this.database.query(REMOVE, [domain])).length === 1;
  }
}
