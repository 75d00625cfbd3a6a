import { sqlState } from '#libs/database';
import { DomainError } from '#libs/kernel';
import type { TenantDatabase } from '#libs/sharding';
import { EVENT_COLUMNS, storedEventOf, type EventRow } from './event-row.js';
import type { Projection, ProjectionDeps } from './projection.js';
import type { StoredEvent } from './stored-event.js';

/**
 * What one step came to: more events wait, all are applied, somebody else is at it, the event failed and may be
 * tried again, or it failed for the last time.
 */
export type StepOutcome = 'more' | 'done' | 'busy' | 'failed' | 'parked';

interface Checkpoint {
  readonly position: number;
  readonly status: 'active' | 'replaying' | 'parked';
  readonly head: number;
}

const ADMIT = `
  INSERT INTO events.checkpoints (tenant_id, id) VALUES (app.current_tenant(), $1)
  ON CONFLICT (tenant_id, id) DO NOTHING RETURNING id`;

/** The lock makes replicas take turns; the head is what had committed by then, so no event up to it is still to come. */
const LOCK = `
  SELECT k.position::float8 AS position, k.status,
         coalesce((SELECT c.position FROM events.counters c), 0)::float8 AS head
    FROM events.checkpoints k WHERE k.id = $1 FOR UPDATE OF k SKIP LOCKED`;

const READ = `
  SELECT ${EVENT_COLUMNS} FROM events.events e
   WHERE e.position > $1 AND e.position <= $2 AND ($3::text[] IS NULL OR e.type = ANY ($3))
   ORDER BY e.position LIMIT $4`;

const ADVANCE = `
  UPDATE events.checkpoints
     SET position = $2, status = 'active', attempts = 0, failure = NULL, updated_at = now() WHERE id = $1`;

const RECORD_FAILURE = `
  UPDATE events.checkpoints
     SET attempts = attempts + 1, failure = $2, updated_at = now(),
         status = CASE WHEN attempts + 1 >= $3 THEN 'parked' ELSE status END
   WHERE id = $1 AND status <> 'parked' RETURNING status`;

const ORDER_REPLAY = `
  UPDATE events.checkpoints SET status = 'replaying', attempts = 0, failure = NULL, updated_at = now()
   WHERE id = $1 RETURNING id`;

export interface ProjectorOptions {
  readonly database: TenantDatabase;
  readonly batch?: number;
  readonly maxAttempts?: number;
  /** Hears of each event that could not be applied. */
  readonly failed?: (error: unknown, projection: string, outcome: StepOutcome) => void;
}

/** Moves projections of the current tenant forward. The change of the read model and the checkpoint commit together. */
export class Projector {
  private readonly database: TenantDatabase;
  private readonly batch: number;
  private readonly maxAttempts: number;
  private readonly deps: ProjectionDeps;

  constructor(private readonly options: ProjectorOptions) {
    this.database = options.database;
    this.deps = { query: (sql, values) => options.database.query(sql, values) };
    this.batch = options.batch ?? 200;
    this.maxAttempts = options.maxAttempts ?? 5;
  }

  /** Applies the next events. `limit` 1 after a failure: what comes before the event that fails is then kept. */
  async step(projection: Projection, limit = this.batch): Promise<StepOutcome> {
    try {
      return await this.database.run(() => this.advance(projection, limit));
    } catch (error) {
      if (isPassing(error)) throw error;
      if (limit > 1 && !(await this.isReplaying(projection))) return this.stepByStep(projection);
      return this.recordFailure(projection, error);
    }
  }

  /** All that is there now. */
  async catchUp(projection: Projection): Promise<Exclude<StepOutcome, 'more'>> {
    for (;;) {
      const outcome = await this.step(projection);
      if (outcome !== 'more') return outcome;
    }
  }

  /** The next step rebuilds the tenant's rows from its first event. False when the tenant has no such projection. */
  async orderReplay(projection: string): Promise<boolean> {
    return (await this.database.query(ORDER_REPLAY, [projection])).length > 0;
  }

  private async stepByStep(projection: Projection): Promise<StepOutcome> {
    for (let applied = 0; applied < this.batch; applied += 1) {
      const outcome = await this.step(projection, 1);
      if (outcome !== 'more') return outcome;
    }
    return 'more';
  }

  private async advance(projection: Projection, limit: number): Promise<StepOutcome> {
    const checkpoint = await this.lock(projection.name);
    if (checkpoint === undefined) return 'busy';
    if (checkpoint.status === 'parked') return 'parked';
    if (checkpoint.status === 'replaying') return this.rebuild(projection, checkpoint.head);
    if (checkpoint.position >= checkpoint.head) return 'done';
    const reached = await this.applyBatch(projection, checkpoint, limit);
    await this.database.query(ADVANCE, [projection.name, reached]);
    return reached < checkpoint.head ? 'more' : 'done';
  }

  /** In one transaction, so that readers see the old rows until the new ones are complete. */
  private async rebuild(projection: Projection, head: number): Promise<StepOutcome> {
    for (const table of projection.tables) await this.database.query(`DELETE FROM ${table}`);
    for (let position = 0; position < head;) {
      position = await this.applyBatch(projection, { position, head }, this.batch);
    }
    await this.database.query(ADVANCE, [projection.name, head]);
    return 'more';
  }

  /** Resolves to the position up to which nothing is left to apply. */
  private async applyBatch(
    projection: Projection,
    { position, head }: Pick<Checkpoint, 'position' | 'head'>,
    limit: number,
  ): Promise<number> {
    const rows = await this.database.query<EventRow>(READ, [position, head, projection.types, limit]);
    const events: StoredEvent[] = rows.map(storedEventOf);
    if (events.length > 0) await projection.applyAll(events, this.deps);
    return events.length < limit ? head : (events.at(-1)?.position ?? head);
  }

  private async lock(name: string): Promise<Checkpoint | undefined> {
    const [known] = await this.database.query<Checkpoint>(LOCK, [name]);
    if (known !== undefined) return known;
    const [admitted] = await this.database.query(ADMIT, [name]);
    if (admitted === undefined) return undefined;
    const [fresh] = await this.database.query<Checkpoint>(LOCK, [name]);
    return fresh;
  }

  private async isReplaying({ name }: Projection): Promise<boolean> {
    const [row] = await this.database.query<{ status: string }>(
      'SELECT status FROM events.checkpoints WHERE id = $1',
      [name],
    );
    return row?.status === 'replaying';
  }

  private async recordFailure({ name }: Projection, error: unknown): Promise<StepOutcome> {
    const [row] = await this.database.query<{ status: string }>(RECORD_FAILURE, [
      name,
      kindOf(error),
      this.maxAttempts,
    ]);
    const outcome = row?.status === 'parked' ? 'parked' : 'failed';
    this.options.failed?.(error, name, outcome);
    return outcome;
  }
}

/**
 * The fault is not the event's: the database is away or busy, the tenant is on the move, or a table or a right is
 * missing (class 42), as when a service is ahead of its migrations.
 */
function isPassing(error: unknown): boolean {
  if (sqlState(error)?.startsWith('42') === true) return true;
  if (!(error instanceof DomainError)) return false;
  return error.kind === 'unavailable' || /^(database|directory|tenant)\./.test(error.code);
}

/** What may be shown to operators: the kind of error and no text, which could hold the tenant's data. */
function kindOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return [typeof name === 'string' ? name : 'Error', ...(typeof code === 'string' ? [code] : [])].join(' ');
}
