import {
  userActivated,
  userCreated,
  userDeactivated,
  userErased,
  userInvited,
  userReactivated,
  userUpdated,
} from '#libs/contracts/auth';
import { defineProjection, type ProjectionDeps, type StoredEventOf } from '#libs/events';

/** Every event about a user carries the whole person, so the last one is the truth. */
export const personEvents = [
  userCreated,
  userUpdated,
  userActivated,
  userDeactivated,
  userReactivated,
  userInvited,
  userErased,
] as const;

type PersonEvent = StoredEventOf<(typeof personEvents)[number]>;

const upsert = `
  INSERT INTO courses.people AS p
         (tenant_id, id, name, email, role, status, department, team, locale, manager_id, joined_at, position)
  SELECT DISTINCT ON (e.id) app.current_tenant(), e.id, e.name, e.email, e.role, e.status, e.department, e.team,
         e.locale, e."managerId", min(e.at) OVER (PARTITION BY e.id), e.position
    FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, name text, email text, role text, status text,
         department text, team text, locale text, "managerId" uuid, at timestamptz, position bigint)
   ORDER BY e.id, e.position DESC
  ON CONFLICT (tenant_id, id) DO UPDATE
     SET name = excluded.name, email = excluded.email, role = excluded.role, status = excluded.status,
         department = excluded.department, team = excluded.team, locale = excluded.locale,
         manager_id = excluded.manager_id, joined_at = least(p.joined_at, excluded.joined_at),
         position = excluded.position
   WHERE p.position < excluded.position`;

/** Brings the people up to these events; what is older than what is known changes nothing. */
export async function recordPeople(events: readonly PersonEvent[], { query }: ProjectionDeps): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ payload, occurredAt, position }) => {
    const { userId, name, email, role, status, department, team, locale, managerId } = payload;
    return {
      ...{ id: userId, name, email, role, status, department, team, managerId, position },
      ...{ locale: locale ?? null, at: occurredAt },
    };
  });
  await query(upsert, [JSON.stringify(rows)]);
}

export const people = defineProjection({
  name: 'courses.people',
  tables: ['courses.people'],
  events: personEvents,
  applyAll: recordPeople,
});
