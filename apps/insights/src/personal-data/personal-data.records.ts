import { ERASED_NAME } from '#libs/contracts';
import { insightsPersonErased } from '#libs/contracts/insights';
import type { PersonalRecord, PersonalRecords } from '#libs/service';

/** By or about the person. */
const isTheirs = (entry: string) =>
  `(${entry}.actor_id = $1::uuid::text OR ${entry}.subject = $1::uuid::text
    OR ${entry}.details ->> 'userId' = $1::uuid::text)`;

/**
 * What the log says now about and by a person. All that is personal in it are words at the first level; what is masked
 * here stays so.
 */
export const RECOPY_ENTRIES = `
  UPDATE insights.audit_entries AS a
     SET ip = e.ip, user_agent = e.user_agent,
         details = a.details || coalesce((
           SELECT jsonb_object_agg(p.key, p.value) FROM jsonb_each(e.payload) AS p
            WHERE jsonb_typeof(p.value) NOT IN ('object', 'array') AND a.details -> p.key <> '"[masked]"'::jsonb), '{}')
    FROM events.events e
   WHERE e.tenant_id = a.tenant_id AND e.id = a.id
     AND (${isTheirs('a')} OR a.actor_kind = 'anonymous' AND a.request_id IN (
           SELECT t.request_id FROM insights.audit_entries AS t WHERE ${isTheirs('t')}))`;

const records: readonly PersonalRecord[] = [
  {
    section: 'person',
    read: 'SELECT name, email, status FROM insights.people WHERE id = $1',
    erase: [
      `UPDATE insights.people SET name = '${ERASED_NAME}', email = 'erased-' || id || '@erased.invalid' WHERE id = $1`,
    ],
  },
  {
    section: 'last_active_on',
    read: 'SELECT last_active_on::text AS last_active_on FROM insights.activity WHERE id = $1',
    erase: [],
  },
  {
    section: 'audit_entries',
    // Of what he did to others only that he did it: who they are is theirs.
    read: `
      SELECT occurred_at, type, CASE WHEN actor_id = $1::uuid::text THEN 'you' ELSE actor_kind END AS done_by, subject,
             CASE WHEN actor_id = $1::uuid::text OR actor_kind = 'anonymous' THEN ip END AS ip,
             CASE WHEN actor_id = $1::uuid::text OR actor_kind = 'anonymous' THEN user_agent END AS user_agent,
             CASE WHEN subject = $1::uuid::text OR details ->> 'userId' = $1::uuid::text THEN details END AS details
        FROM insights.audit_entries
       WHERE actor_id = $1::uuid::text OR subject = $1::uuid::text OR details ->> 'userId' = $1::uuid::text
       ORDER BY position`,
    erase: [RECOPY_ENTRIES],
  },
];

/** What insights holds about people. */
export const insightsPersonal: PersonalRecords = { records, erased: insightsPersonErased };
