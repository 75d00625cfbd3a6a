import { newId, type Clock } from '#libs/kernel';
import type { TenantDatabase } from '#libs/sharding';
import { currentContext, currentTenant } from '#libs/tenancy';
import { EventLog, type Occurrence, type RecordedEvent } from './event-log.js';
import type { OutboxHint } from './outbox-hint.js';

const APPEND = 'SELECT events.append($1::jsonb)::float8 AS head';

/**
 * The log in the tenant's shard. Within a transaction, events are kept until just before the commit: the lock of the
 * tenant's counter is then held for a moment only, and always taken last, so that no two writers wait for each other.
 */
export class PgEventLog extends EventLog {
  constructor(
    private readonly database: TenantDatabase,
    private readonly clock: Clock,
    private readonly hint?: OutboxHint,
  ) {
    super();
  }

  async appendAll(occurrences: readonly Occurrence[]): Promise<void> {
    if (occurrences.length === 0) return;
    const { actor, requestId, ip, userAgent } = currentContext();
    const cause = {
      actor: { kind: actor.kind, id: actor.id, by: actor.by?.id ?? null },
      origin: { ip, userAgent },
      correlationId: requestId,
      occurredAt: this.clock.now(),
    };
    await this.copy(
      occurrences.map(({ event, subject, payload }) => ({
        ...{ id: newId(), type: event.type, version: event.version, subject, payload },
        ...cause,
      })),
    );
  }

  async copy(events: readonly RecordedEvent[]): Promise<void> {
    if (events.length > 0) await this.database.beforeCommit(this.write, events);
  }

  private readonly write = async (batches: readonly (readonly RecordedEvent[])[]): Promise<void> => {
    const { id } = currentTenant();
    await this.database.query(APPEND, [JSON.stringify(batches.flat().map(rowOf))]);
    this.database.afterCommit(() => this.hint?.give(id));
  };
}

function rowOf({ actor, origin, ...event }: RecordedEvent) {
  return {
    ...event,
    actorKind: actor.kind,
    actorId: actor.id,
    actingOperator: actor.by ?? null,
    ip: origin.ip,
    userAgent: origin.userAgent?.slice(0, 500) ?? null,
  };
}
