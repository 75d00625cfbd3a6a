import { teamCreated, teamDeleted, teamUpdated } from '#libs/contracts/auth';
import { defineProjection, type ProjectionDeps, type StoredEventOf } from '#libs/events';
import { personEvents } from '../person/person.projection.js';

type PersonEvent = StoredEventOf<(typeof personEvents)[number]>;

const putTeam = `
  INSERT INTO courses.teams (tenant_id, id, name) VALUES (app.current_tenant(), $1, $2)
  ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name`;
const removeTeam = 'DELETE FROM courses.teams WHERE id = $1';

const putMembers = `
  INSERT INTO courses.team_members AS m (tenant_id, user_id, team_id, position)
  SELECT DISTINCT ON (e.id) app.current_tenant(), e.id, e.team_id, e.position
    FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, team_id uuid, position bigint)
   ORDER BY e.id, e.position DESC
  ON CONFLICT (tenant_id, user_id) DO UPDATE SET team_id = excluded.team_id, position = excluded.position
   WHERE m.position < excluded.position`;

/** Brings who is in which team up to these events; what is older than what is known changes nothing. */
export async function recordMembers(
  events: readonly PersonEvent[],
  { query }: ProjectionDeps,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ payload: { userId, team, teamId }, position }) => {
    return { id: userId, team_id: team === null ? null : (teamId ?? null), position };
  });
  await query(putMembers, [JSON.stringify(rows)]);
}

/** Teams, and who is in which, by id: a team that is called otherwise is the same. */
export const teams = defineProjection({
  name: 'courses.teams',
  tables: ['courses.teams', 'courses.team_members'],
  events: [...personEvents, teamCreated, teamUpdated, teamDeleted],
  applyAll: async (events, deps) => {
    const ofPeople: PersonEvent[] = [];
    for (const event of events) {
      switch (event.type) {
        case 'auth.team.created':
        case 'auth.team.updated':
          await deps.query(putTeam, [event.payload.teamId, event.payload.name]);
          break;
        case 'auth.team.deleted':
          await deps.query(removeTeam, [event.payload.teamId]);
          break;
        default:
          ofPeople.push(event);
      }
    }
    await recordMembers(ofPeople, deps);
  },
});
