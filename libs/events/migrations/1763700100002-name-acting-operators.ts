import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** As before, and it keeps which operator acted as the user. The release before appends without that, which stays null. */
const append = `
  CREATE OR REPLACE FUNCTION events.append(occurrences jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    tenant uuid := app.current_tenant();
    ids uuid[] := ARRAY(SELECT (o ->> 'id')::uuid FROM jsonb_array_elements(occurrences) AS o);
    known uuid[];
    head bigint;
    added bigint;
  BEGIN
    IF tenant IS NULL THEN
      RAISE EXCEPTION 'events are appended within a tenant';
    END IF;
    SELECT c.position INTO head FROM events.counters c WHERE c.tenant_id = tenant FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO events.counters (tenant_id, position) VALUES (tenant, 0) ON CONFLICT (tenant_id) DO NOTHING;
      SELECT c.position INTO head FROM events.counters c WHERE c.tenant_id = tenant FOR UPDATE;
    END IF;
    known := ARRAY(SELECT e.id FROM events.events e WHERE e.tenant_id = tenant AND e.id = ANY (ids));
    INSERT INTO events.events (tenant_id, id, position, type, version, subject, actor_kind, actor_id,
                               acting_operator, ip, user_agent, correlation_id, occurred_at, payload)
    SELECT tenant, (o ->> 'id')::uuid, head + row_number() OVER (ORDER BY n), o ->> 'type',
           (o ->> 'version')::integer, o ->> 'subject', o ->> 'actorKind', o ->> 'actorId',
           o ->> 'actingOperator', o ->> 'ip', o ->> 'userAgent', o ->> 'correlationId', (o ->> 'occurredAt')::timestamptz, o -> 'payload'
      FROM jsonb_array_elements(occurrences) WITH ORDINALITY AS given (o, n)
     WHERE (o ->> 'id')::uuid <> ALL (known);
    GET DIAGNOSTICS added = ROW_COUNT;
    IF added > 0 THEN
      UPDATE events.counters c SET position = head + added WHERE c.tenant_id = tenant;
      INSERT INTO events.outbox_pending (tenant_id, position)
      SELECT tenant, p FROM generate_series(head + 1, head + added) AS p;
    END IF;
    RETURN head + added;
  END $$`;

export class NameActingOperators1763700100002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events.events ADD COLUMN acting_operator text');
    await runner.query(append);
  }

  async down(): Promise<void> {
    // Nothing needs the column away: an older release leaves it empty.
  }
}
