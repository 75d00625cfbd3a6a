import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantRef } from '#libs/tenancy';
import { anInvited, authOnShard, tokenOfLastMail, type AuthOnShard } from '../../testing/index.js';
import { letterOf } from './letter.js';
import { MailRepository } from './mail.repository.js';
import { OutboxFolderMailer } from './mailer.outbox-folder.js';
import { SendMail } from './send-mail.use-case.js';

describe('mail', () => {
  let auth: AuthOnShard;
  let tenant: TenantRef;
  let folder: string;

  beforeAll(async () => {
    auth = await authOnShard({ tenants: 1 });
    [tenant] = auth.shard.tenants as [TenantRef];
    folder = await mkdtemp(join(tmpdir(), 'harka-outbox-'));
  });
  afterAll(async () => {
    await auth.close();
    await rm(folder, { recursive: true });
  });

  const inTenant = <R>(work: () => R) => auth.shard.inTenant(tenant, work);
  const takeJob = () => (auth.queue.jobs.pop()?.payload as { mailId: string }).mailId;
  const send = (id: string) => inTenant(() => auth.get(SendMail).execute(id));

  it('is queued once the change has committed, sent, and forgotten', async () => {
    const user = await anInvited(auth, tenant);
    const token = await tokenOfLastMail(auth, tenant);
    expect(auth.queue.jobs).toHaveLength(0);
    await auth.react(tenant);
    const id = takeJob();
    expect(await send(id)).toEqual({ kind: 'sent' });
    const letter = auth.mailer.letters.at(-1);
    expect(letter).toMatchObject({ id, from: tenant.name, to: { email: user.email } });
    expect(letter?.text).toContain(`/accept-invitation#token=${token}`);
    expect(letter?.html).toContain(`/accept-invitation#token=${token}`);
    expect(await send(id)).toEqual({ kind: 'sent' });
    expect(auth.mailer.letters).toHaveLength(1);
    const [row] = await inTenant(() =>
      auth.shard.database.query('SELECT content, sent_at IS NOT NULL AS sent FROM auth.mails WHERE id = $1', [
        id,
      ]),
    );
    expect(row).toEqual({ content: null, sent: true });
  });

  it('is tried again, ever later, while the carrier does not take it', async () => {
    await anInvited(auth, tenant);
    await auth.react(tenant);
    const id = takeJob();
    auth.mailer.failures = 3;
    const waits = [await send(id), await send(id), await send(id)];
    expect(waits).toEqual(
      [10, 20, 40].map((seconds, index) => ({ kind: 'later', seconds, attempts: index + 1 })),
    );
    expect(await send(id)).toEqual({ kind: 'sent' });
  });

  it('waits for a change that has not committed yet', async () => {
    await expect(send('0198f0c1-2f5e-7abc-8def-0123456789ab')).rejects.toThrow('no such mail');
  });

  it('cannot be read under another tenant’s key', async () => {
    const other = await auth.shard.admit();
    await anInvited(auth, tenant);
    await auth.react(tenant);
    const id = takeJob();
    await auth.shard.inTenant(other, () =>
      expect(auth.get(MailRepository).pending(id)).rejects.toThrow('no such mail'),
    );
  });

  it('becomes a file where there is no carrier, whole and once', async () => {
    const mailer = new OutboxFolderMailer(folder, 'no-reply@harka.test');
    const profile = { name: 'Bäckerei & <Co>', primaryColor: '#1f2937', secondaryColor: '#111827' };
    const content = {
      template: 'password_reset',
      to: { email: 'a@acme.example', name: '"A" <b>\r\nBcc: x@y.z' },
      link: 'https://acme.example/reset-password#token=x',
    } as const;
    const letter = letterOf(
      '0198f0c1-2f5e-7abc-8def-0123456789ac',
      content,
      {
        ...profile,
        registration: 'open',
        emailDomains: [],
      },
      'https://acme.example',
    );
    await mailer.send(letter);
    await mailer.send(letter);
    const files = await readdir(folder);
    expect(files).toEqual([`${letter.id}.eml`]);
    const text = await readFile(join(folder, files[0] ?? ''), 'utf8');
    expect(text).toMatch(/^To: .*<a@acme\.example>$/m);
    expect(text.slice(0, text.indexOf('\n\n'))).not.toMatch(/^Bcc:/m);
    expect(text).toContain('Message-ID: <0198f0c1-2f5e-7abc-8def-0123456789ac@harka.test>');
    expect(letter.text).toContain('Hello "A" <b> Bcc: x@y.z,');
    expect(letter.html).toContain('&amp; &lt;Co&gt;');
    expect(letter.html).not.toContain('<b>');
  });

  it('does not carry the words of whoever registers with the address of another', () => {
    const profile = { name: 'Acme', primaryColor: '#1f2937', secondaryColor: '#111827' };
    const content = {
      template: 'verification',
      to: { email: 'a@acme.example', name: 'You won! evil.example' },
    } as const;
    const { text, html, subject } = letterOf(
      '1',
      content,
      {
        ...profile,
        registration: 'open',
        emailDomains: [],
      },
      'https://acme.example',
    );
    expect([text, html, subject].join()).not.toContain('evil.example');
  });
});
