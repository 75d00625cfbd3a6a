import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // Which people were taken out of the log, when, and how many events that touched. Only the function below writes it.
  `CREATE TABLE events.erasures (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     events bigint NOT NULL,
     erased_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  ...protectTable('events.erasures', 'read'),

  // The words that stand in are fixed: whoever may erase can say of nobody what was not so.
  `CREATE FUNCTION events.redacted(payload jsonb, fields jsonb, person uuid) RETURNS jsonb
     LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
     RETURN payload || coalesce((
       SELECT jsonb_object_agg(f.key, CASE f.value
                WHEN 'name' THEN to_jsonb('Erased person'::text)
                WHEN 'email' THEN to_jsonb('erased-' || person || '@erased.invalid')
                WHEN 'text' THEN to_jsonb('erased'::text)
                ELSE 'null'::jsonb END)
         FROM jsonb_each_text(fields) AS f
        WHERE payload -> f.key IS NOT NULL AND payload -> f.key <> 'null'::jsonb), '{}'::jsonb)`,

  // `about`: the fields to take, by type, of events whose payload is about the person; `by`: of those that he caused.
  // Addresses and devices go wherever they are his own; of a sign-in also in what else it caused while he was nobody yet.
  `CREATE FUNCTION events.erase_person(person uuid, about jsonb, by_person jsonb) RETURNS bigint
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   DECLARE
     tenant uuid := app.current_tenant();
     who text := person::text;
     touched bigint;
   BEGIN
     IF tenant IS NULL THEN
       RAISE EXCEPTION 'people are erased within a tenant';
     END IF;
     WITH affected AS (
       SELECT e.id, e.payload, e.type, e.correlation_id,
              e.subject = who OR coalesce(e.payload ->> 'userId' = who, false) AS is_about,
              coalesce(e.actor_id = who, false) AS is_by,
              e.actor_kind = 'anonymous' AS is_anonymous
         FROM events.events e
        WHERE e.tenant_id = tenant AND (e.subject = who OR e.actor_id = who OR e.payload ->> 'userId' = who)
     ), of_same_requests AS (
       SELECT e.id, e.payload, e.type, false AS is_about, false AS is_by, true AS is_anonymous
         FROM events.events e
        WHERE e.tenant_id = tenant AND e.actor_kind = 'anonymous' AND (e.ip IS NOT NULL OR e.user_agent IS NOT NULL)
          AND e.correlation_id IN (SELECT a.correlation_id FROM affected a WHERE a.is_anonymous)
          AND e.id NOT IN (SELECT a.id FROM affected a)
     ), clean AS (
       SELECT a.id, a.is_by OR a.is_anonymous AND (a.is_about OR a.is_of_request) AS is_place,
              events.redacted(a.payload,
                CASE WHEN a.is_about THEN coalesce(about -> a.type, '{}') ELSE '{}' END
                || CASE WHEN a.is_by THEN coalesce(by_person -> a.type, '{}') ELSE '{}' END, person) AS payload
         FROM (SELECT id, payload, type, is_about, is_by, is_anonymous, false AS is_of_request FROM affected
               UNION ALL
               SELECT id, payload, type, is_about, is_by, is_anonymous, true FROM of_same_requests) AS a
     )
     UPDATE events.events e
        SET payload = c.payload,
            ip = CASE WHEN c.is_place THEN NULL ELSE e.ip END,
            user_agent = CASE WHEN c.is_place THEN NULL ELSE e.user_agent END
       FROM clean c
      WHERE e.tenant_id = tenant AND e.id = c.id
        AND (e.payload <> c.payload OR c.is_place AND (e.ip IS NOT NULL OR e.user_agent IS NOT NULL));
     GET DIAGNOSTICS touched = ROW_COUNT;
     INSERT INTO events.erasures AS known (tenant_id, id, events, erased_at) VALUES (tenant, person, touched, now())
     ON CONFLICT (tenant_id, id) DO UPDATE SET events = known.events + excluded.events;
     RETURN touched;
   END $$`,
  'REVOKE EXECUTE ON FUNCTION events.erase_person(uuid, jsonb, jsonb) FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION events.erase_person(uuid, jsonb, jsonb) TO harka_app',
];

/** The log never changes, but for this: a person who is to be forgotten becomes nobody in it. */
export class ErasePeople1763700100020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION events.erase_person(uuid, jsonb, jsonb)');
    await runner.query('DROP FUNCTION events.redacted(jsonb, jsonb, uuid)');
    await runner.query('DROP TABLE events.erasures');
  }
}
