import { Injectable } from '@nestjs/common';
import { ldapSyncChange, type LdapSyncChange } from '#libs/contracts/auth';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { z } from 'zod';
import { LeaseLost } from './ldap-sync.errors.js';
import { NOTHING, type LdapSync } from './ldap-sync.js';
import { LdapSyncRepository, type SyncEnd } from './ldap-sync.repository.js';

const columns = `
  id, connection_id AS "connectionId", kind, cause, state, allow_deactivations AS "allowDeactivations", counts, known, gone,
  problem_code AS "problemCode", problem_detail AS "problemDetail", begun, requested_at AS "requestedAt",
  started_at AS "startedAt", finished_at AS "finishedAt"`;
const ADD = `
  INSERT INTO auth.ldap_syncs (tenant_id, id, connection_id, kind, cause, state, allow_deactivations, counts, due_at, requested_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, 'waiting', $5, $6, $7, $7)`;
const UNSCHEDULE = `
  DELETE FROM auth.ldap_syncs WHERE connection_id = $1 AND state = 'waiting' AND cause = 'schedule'`;
const SCHEDULE = `
  INSERT INTO auth.ldap_syncs AS known
    (tenant_id, id, connection_id, kind, cause, state, allow_deactivations, counts, due_at, requested_at)
  VALUES (app.current_tenant(), $1, $2, 'apply', 'schedule', 'waiting', 0, $3, $4, $5)
  ON CONFLICT (tenant_id, connection_id) WHERE state = 'waiting' AND cause = 'schedule'
  DO UPDATE SET due_at = least(known.due_at, excluded.due_at)`;
const CLAIM = `
  UPDATE auth.ldap_syncs
     SET state = 'running', worker = $1, due_at = $3, started_at = coalesce(started_at, $2), begun = begun + 1
   WHERE id = (SELECT id FROM auth.ldap_syncs WHERE state IN ('waiting', 'running') AND due_at <= $2
                ORDER BY due_at, id LIMIT 1)
     AND NOT EXISTS (SELECT FROM auth.ldap_syncs WHERE state = 'running' AND due_at > $2)
  RETURNING ${columns}`;
const POSTPONE = `
  UPDATE auth.ldap_syncs SET state = 'waiting', due_at = $3, started_at = NULL, worker = NULL, begun = 0
   WHERE id = $1 AND worker = $2 AND state = 'running'`;
const BEAT = `
  UPDATE auth.ldap_syncs SET due_at = $3, counts = $4, known = $5, gone = $6
   WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING id`;
const FINISH = `
  UPDATE auth.ldap_syncs
     SET state = $3, counts = $4, known = $5, gone = $6, problem_code = $7, problem_detail = $8, digest = $9,
         people = $10, finished_at = $11, worker = NULL
   WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING connection_id AS "connectionId"`;
const PRUNE = `
  DELETE FROM auth.ldap_syncs
   WHERE connection_id = $1 AND finished_at IS NOT NULL
     AND (finished_at < $2 OR id IN (SELECT id FROM auth.ldap_syncs WHERE connection_id = $1 AND finished_at IS NOT NULL
                                      ORDER BY finished_at DESC, id DESC OFFSET 100))`;
const SEEN = `
  SELECT id FROM auth.ldap_syncs WHERE connection_id = $1 AND digest = $2 AND state = 'succeeded' LIMIT 1`;
const BUSY = `
  SELECT id FROM auth.ldap_syncs
   WHERE connection_id = $1 AND (state = 'running' OR (state = 'waiting' AND cause = 'manual')) LIMIT 1`;
const LIST = `
  SELECT ${columns} FROM auth.ldap_syncs
   WHERE connection_id = $1 AND NOT (state = 'waiting' AND cause = 'schedule')
   ORDER BY requested_at DESC, id DESC LIMIT $2`;
const NEXT = `
  SELECT due_at AS "dueAt" FROM auth.ldap_syncs
   WHERE connection_id = $1 AND state = 'waiting' AND cause = 'schedule'`;
const BY_ID = `SELECT ${columns}, people FROM auth.ldap_syncs WHERE connection_id = $1 AND id = $2`;
const KEPT_MS = 90 * 86_400_000;
const PURPOSE = 'ldap-sync';

interface SyncRow extends Omit<LdapSync, 'problem'> {
  readonly problemCode: string | null;
  readonly problemDetail: string | null;
}

@Injectable()
export class PgLdapSyncRepository extends LdapSyncRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async add({ id, connectionId, kind, cause, allowDeactivations, counts, requestedAt }: LdapSync) {
    const values = [id, connectionId, kind, cause, allowDeactivations, JSON.stringify(counts), requestedAt];
    await this.database.query(ADD, values);
  }

  async schedule(connectionId: string, id: string, dueAt: Date | null, now: Date): Promise<void> {
    if (dueAt === null) await this.database.query(UNSCHEDULE, [connectionId]);
    else await this.database.query(SCHEDULE, [id, connectionId, JSON.stringify(NOTHING), dueAt, now]);
  }

  async claim(worker: string, now: Date, until: Date): Promise<LdapSync | null> {
    const [row] = await this.database.query<SyncRow>(CLAIM, [worker, now, until]);
    return row === undefined ? null : syncOf(row);
  }

  async postpone(id: string, worker: string, dueAt: Date): Promise<void> {
    await this.database.query(POSTPONE, [id, worker, dueAt]);
  }

  async beat({ id, counts, known, gone }: LdapSync, worker: string, until: Date): Promise<void> {
    const values = [id, worker, until, JSON.stringify(counts), known, gone];
    if ((await this.database.query(BEAT, values)).length === 0) throw new LeaseLost();
  }

  async finish(id: string, worker: string, end: SyncEnd): Promise<void> {
    const { state, counts, known, gone, problem, digest, people, finishedAt } = end;
    const sealed = await this.cipher.encrypt(currentTenant().id, PURPOSE, JSON.stringify(people));
    const rows = await this.database.query<{ connectionId: string }>(FINISH, [
      ...[id, worker, state, JSON.stringify(counts), known, gone],
      ...[problem?.code ?? null, problem?.detail ?? null, digest, sealed, finishedAt],
    ]);
    const [row] = rows;
    if (row === undefined) throw new LeaseLost();
    const before = new Date(finishedAt.getTime() - KEPT_MS);
    await this.database.query(PRUNE, [row.connectionId, before]);
  }

  async wasSeen(connectionId: string, digest: string): Promise<boolean> {
    return (await this.database.query(SEEN, [connectionId, digest])).length > 0;
  }

  async isBusy(connectionId: string): Promise<boolean> {
    return (await this.database.query(BUSY, [connectionId])).length > 0;
  }

  async list(connectionId: string, limit: number): Promise<readonly LdapSync[]> {
    return (await this.database.query<SyncRow>(LIST, [connectionId, limit])).map(syncOf);
  }

  async nextAt(connectionId: string): Promise<Date | null> {
    const [row] = await this.database.query<{ dueAt: Date }>(NEXT, [connectionId]);
    return row?.dueAt ?? null;
  }

  async byId(connectionId: string, id: string) {
    const [row] = await this.database.query<SyncRow & { people: Buffer | null }>(BY_ID, [connectionId, id]);
    if (row === undefined) return null;
    const { people, ...rest } = row;
    return { run: syncOf(rest), people: await this.opened(people) };
  }

  private async opened(sealed: Buffer | null): Promise<readonly LdapSyncChange[]> {
    if (sealed === null) return [];
    const plain = await this.cipher.decrypt(currentTenant().id, PURPOSE, sealed);
    return z.array(ldapSyncChange).parse(JSON.parse(plain.toString()));
  }
}

function syncOf({ problemCode, problemDetail, ...row }: SyncRow): LdapSync {
  return {
    ...row,
    counts: { ...NOTHING, ...row.counts },
    problem: problemCode === null ? null : { code: problemCode, detail: problemDetail ?? '' },
  };
}
