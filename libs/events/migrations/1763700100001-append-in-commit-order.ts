import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * The only way into the log. It writes as the owner, whom forced row-level security holds to the entered tenant too;
 * the application itself may read events and nothing else. Events whose id is there already are left out.
 *
 * Under the counter's lock every statement sees what the holder before has committed (READ COMMITTED), so the check
 * for known ids cannot be overtaken. The ids are taken out of the JSON first: behind row-level security an index
 * serves no condition with an operator that is not leakproof, and `->>` is none.
 */
const append = `
  CREATE FUNCTION events.append(occurrences jsonb) RETURNS bigint
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
                               ip, user_agent, correlation_id, occurred_at, payload)
    SELECT tenant, (o ->> 'id')::uuid, head + row_number() OVER (ORDER BY n), o ->> 'type',
           (o ->> 'version')::integer, o ->> 'subject', o ->> 'actorKind', o ->> 'actorId',
           o ->> 'ip', o ->> 'userAgent', o ->> 'correlationId', (o ->> 'occurredAt')::timestamptz, o -> 'payload'
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

export class AppendInCommitOrder1763700100001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(append);
    await runner.query('REVOKE EXECUTE ON FUNCTION events.append(jsonb) FROM PUBLIC');
    await runner.query('GRANT EXECUTE ON FUNCTION events.append(jsonb) TO harka_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION events.append(jsonb)');
  }
}
