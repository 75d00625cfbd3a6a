import { sessionStarted } from '#libs/contracts/auth';
import { defineProjection, type StoredEvent } from '#libs/events';

const PUT = `
  INSERT INTO insights.activity AS a (tenant_id, id, last_active_on)
  SELECT app.current_tenant(), user_id, last_active_on
    FROM unnest($1::uuid[], $2::date[]) AS seen (user_id, last_active_on)
  ON CONFLICT (tenant_id, id) DO UPDATE SET last_active_on = excluded.last_active_on
   WHERE a.last_active_on < excluded.last_active_on`;

/** The day on which each user was last seen: whatever he did, and each sign-in, which nobody does in his own name yet. */
export const activity = defineProjection({
  name: 'insights.activity',
  tables: ['insights.activity'],
  events: 'all',
  applyAll: async (events, { query }) => {
    const lastDays = new Map<string, string>();
    for (const event of events) {
      const userId = userOf(event);
      const day = event.occurredAt.toISOString().slice(0, 10);
      if (userId !== null && day > (lastDays.get(userId) ?? '')) lastDays.set(userId, day);
    }
    if (lastDays.size > 0) await query(PUT, [[...lastDays.keys()], [...lastDays.values()]]);
  },
});

function userOf({ type, actor, payload }: StoredEvent): string | null {
  if (type === sessionStarted.type) return sessionStarted.payload.parse(payload).userId;
  return actor.kind === 'user' ? actor.id : null;
}
