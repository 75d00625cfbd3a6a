import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import { mailRetried, type MailState, type OutboxMail, type OutboxSummary } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { DomainError, newId } from '#libs/kernel';
import { TenantQueue } from '#libs/queue';
import { RelayDatabase, ShardDirectory } from '#libs/sharding';
import { UnitOfWork } from '#libs/tenancy';
import { z } from 'zod';
import { TenantUnknown } from '../operator/acting.errors.js';
import { TenantEntry } from '../operator/tenant-entry.directory.js';
import { MAIL_ATTEMPTS } from './mail.js';
import { MailRepository } from './mail.repository.js';
import { sendMailJob } from './send-mail.job.js';

const COLUMNS = `tenant_id AS "tenantId", id AS "mailId", template, attempts, last_error AS "lastError",
         created_at AS "createdAt", sent_at AS "sentAt"`;
const UNSENT = `
  SELECT ${COLUMNS} FROM auth.mails
   WHERE sent_at IS NULL AND ($1::uuid IS NULL OR tenant_id = $1)
     AND ($2::text IS NULL OR (attempts >= $3) = ($2 = 'failed'))
     AND ($4::uuid IS NULL OR id < $4)
   ORDER BY id DESC LIMIT $5`;
const OF_TENANT = `
  SELECT ${COLUMNS} FROM auth.mails
   WHERE tenant_id = $1
     AND ($2::text IS NULL OR CASE WHEN sent_at IS NOT NULL THEN 'sent' WHEN attempts >= $3 THEN 'failed'
                                   ELSE 'waiting' END = $2)
     AND ($4::uuid IS NULL OR id < $4)
   ORDER BY id DESC LIMIT $5`;
const SUMMARY = `
  SELECT count(*) FILTER (WHERE attempts < $1)::int AS waiting, count(*) FILTER (WHERE attempts >= $1)::int AS failed,
         coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE attempts < $1)), 0)::float8
           AS "oldestSeconds"
    FROM auth.mails WHERE sent_at IS NULL`;
const ONE = 'SELECT template FROM auth.mails WHERE id = $1 AND tenant_id = $2 AND sent_at IS NULL';
const place = z.strictObject({ id: z.uuid() });

type Row = Omit<OutboxMail, 'state' | 'createdAt' | 'sentAt'> & {
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

export interface MailSearch {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: MailState | undefined;
  readonly tenant?: string | undefined;
}

/** The outboxes of all tenants from outside, by the role that sees states and no contents. */
@Injectable()
export class MailWatch {
  constructor(
    private readonly relay: RelayDatabase,
    private readonly directory: ShardDirectory,
    private readonly entry: TenantEntry,
    private readonly mails: MailRepository,
    private readonly queue: TenantQueue,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws TenantUnknown, DomainError `mail.tenant_missing` */
  async list({ limit, cursor, state, tenant }: MailSearch): Promise<Page<OutboxMail>> {
    if (state === 'sent' && tenant === undefined) throw tenantMissing();
    const before = cursor === undefined ? null : decodeCursor(cursor, place).id;
    const tenantId = tenant === undefined ? null : await this.idOf(tenant);
    const values = [tenantId, state ?? null, MAIL_ATTEMPTS, before, limit + 1];
    const rows =
      tenantId === null ? await this.ofShards(UNSENT, values) : await this.ofTenant(tenantId, values);
    // Ids are of version 7: their order is that of time, over all shards.
    const found = rows.sort((a, b) => (a.mailId < b.mailId ? 1 : -1));
    const items = found.slice(0, limit).map(viewOf);
    const last = items.at(-1);
    const more = found.length > limit && last !== undefined;
    return { items, nextCursor: more ? encodeCursor({ id: last.mailId }) : null };
  }

  async summary(): Promise<OutboxSummary> {
    const shards = await this.relay.eachShard();
    const unreachable: string[] = [];
    const sums = await Promise.all(
      shards.map(async ({ name }) => {
        try {
          return (
            await this.relay.query<Omit<OutboxSummary, 'unreachable'>>(name, SUMMARY, [MAIL_ATTEMPTS])
          )[0];
        } catch {
          unreachable.push(name);
          return undefined;
        }
      }),
    );
    const known = sums.flatMap((sum) => sum ?? []);
    return {
      waiting: known.reduce((total, { waiting }) => total + waiting, 0),
      failed: known.reduce((total, { failed }) => total + failed, 0),
      oldestSeconds: Math.max(0, ...known.map(({ oldestSeconds }) => oldestSeconds)),
      unreachable,
    };
  }

  /** @throws TenantUnknown, DomainError `mail.not_waiting` */
  async retry(handle: string, mailId: string): Promise<void> {
    await this.entry.run(handle, async ({ id: tenantId }) => {
      const { shard } = await this.directory.placement(tenantId);
      const [mail] = await this.relay.query<{ template: string }>(shard, ONE, [mailId, tenantId]);
      await this.unitOfWork.run(async () => {
        if (mail === undefined || !(await this.mails.resume(mailId))) throw notWaiting();
        await this.events.append(mailRetried, mailId, { mailId, template: mail.template });
      });
      await this.queue.add(sendMailJob, { mailId }, { key: `${mailId}:retry:${newId()}` });
    });
  }

  private async idOf(handle: string): Promise<string> {
    const found = (await this.directory.tenantBySlug(handle)) ?? (await this.byId(handle));
    if (found === null) throw new TenantUnknown();
    return found.id;
  }

  private async byId(handle: string) {
    return z.uuid().safeParse(handle).success ? this.directory.tenantById(handle) : null;
  }

  private async ofTenant(tenantId: string, values: readonly unknown[]): Promise<Row[]> {
    const { shard } = await this.directory.placement(tenantId);
    return this.relay.query<Row>(shard, OF_TENANT, values);
  }

  private async ofShards(sql: string, values: readonly unknown[]): Promise<Row[]> {
    const shards = await this.relay.eachShard();
    const answers = await Promise.allSettled(
      shards.map(async ({ name }) => this.relay.query<Row>(name, sql, values)),
    );
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  }
}

function viewOf({ createdAt, sentAt, ...row }: Row): OutboxMail {
  const state = sentAt !== null ? 'sent' : row.attempts >= MAIL_ATTEMPTS ? 'failed' : 'waiting';
  return { ...row, state, createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null };
}

function tenantMissing(): DomainError {
  return new DomainError('invalid', 'mail.tenant_missing', 'Name a tenant to see mails that are sent.', {
    faults: [{ pointer: 'query/tenant', code: 'missing', detail: 'is needed with state=sent.' }],
  });
}

function notWaiting(): DomainError {
  return new DomainError('not_found', 'mail.not_waiting', 'There is no such mail that waits to be sent.');
}
