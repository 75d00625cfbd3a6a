import { Injectable } from '@nestjs/common';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { mail as mailSchema, type Mail } from './mail.js';
import { MailMissing, MailRepository, type PendingMail } from './mail.repository.js';

const PURPOSE = 'auth.mail';
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

const ADD = `
  INSERT INTO auth.mails (tenant_id, id, template, content, created_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4)`;
const READ = 'SELECT content, attempts FROM auth.mails WHERE id = $1';
const FAILED =
  'UPDATE auth.mails SET attempts = attempts + 1, last_error = $2 WHERE id = $1 AND sent_at IS NULL';
const RESUME = 'UPDATE auth.mails SET attempts = 0 WHERE id = $1 AND sent_at IS NULL RETURNING id';
const WAITING = 'SELECT id, content FROM auth.mails WHERE sent_at IS NULL AND id > $1 ORDER BY id LIMIT 200';
// Of no use to anybody from now on; that there was a mail is no secret.
const FORGET =
  'UPDATE auth.mails SET sent_at = now(), content = NULL WHERE id = ANY ($1::uuid[]) AND sent_at IS NULL';
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

  async forget(email: string): Promise<number> {
    const theirs: string[] = [];
    for (let after = FIRST_ID; ;) {
      const waiting = await this.database.query<{ id: string; content: Buffer }>(WAITING, [after]);
      for (const { id, content } of waiting) {
        if ((await this.read(content)).to.email === email) theirs.push(id);
      }
      const last = waiting.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    if (theirs.length > 0) await this.database.query(FORGET, [theirs]);
    return theirs.length;
  }

  async pending(id: string): Promise<PendingMail | null> {
    const [row] = await this.database.query<{ content: Buffer | null; attempts: number }>(READ, [id]);
    if (row === undefined) throw new MailMissing('There is no such mail.');
    if (row.content === null) return null;
    return { mail: await this.read(row.content), attempts: row.attempts };
  }

  private async read(content: Buffer): Promise<Mail> {
    const text = await this.cipher.decrypt(currentTenant().id, PURPOSE, content);
    return mailSchema.parse(JSON.parse(text.toString()));
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
