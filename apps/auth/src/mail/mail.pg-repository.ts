import { Injectable } from '@nestjs/common';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { mail as mailSchema, type Mail } from './mail.js';
import { MailMissing, MailRepository, type PendingMail } from './mail.repository.js';

const PURPOSE = 'auth.mail';

const ADD = `
  INSERT INTO auth.mails (tenant_id, id, template, content, created_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4)`;
const READ = 'SELECT content, attempts FROM auth.mails WHERE id = $1';
const FAILED =
  'UPDATE auth.mails SET attempts = attempts + 1, last_error = $2 WHERE id = $1 AND sent_at IS NULL';
const RESUME = 'UPDATE auth.mails SET attempts = 0 WHERE id = $1 AND sent_at IS NULL RETURNING id';
const SENT = 'UPDATE auth.mails SET sent_at = $2, content = NULL WHERE id = $1 AND sent_at IS NULL';

/** The links in mails open accounts, so what is stored is encrypted under the tenant's key until it is sent. */
@Injectable()
export class PgMailRepository extends MailRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async add(id: string, mail: Mail, at: Date): Promise<void> {
    const content = await this.cipher.encrypt(currentTenant().id, PURPOSE, JSON.stringify(mail));
    await this.database.query(ADD, [id, mail.template, content, at]);
  }

  async pending(id: string): Promise<PendingMail | null> {
    const [row] = await this.database.query<{ content: Buffer | null; attempts: number }>(READ, [id]);
    if (row === undefined) throw new MailMissing('There is no such mail.');
    if (row.content === null) return null;
    const content = await this.cipher.decrypt(currentTenant().id, PURPOSE, row.content);
    return { mail: mailSchema.parse(JSON.parse(content.toString())), attempts: row.attempts };
  }

  async recordFailure(id: string, reason: string): Promise<void> {
    await this.database.query(FAILED, [id, reason]);
  }

  async resume(id: string): Promise<boolean> {
    return (await this.database.query(RESUME, [id])).length === 1;
  }

  async recordSent(id: string, at: Date): Promise<void> {
    await this.database.query(SENT, [id, at]);
  }
}
