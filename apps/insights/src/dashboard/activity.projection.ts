import { defineProjection } from '#libs/events';
import { actorOf } from '../actor.js';

const PUT = `
  INSERT INTO insights.activity AS a (tenant_id, id, last_active_on)
  SELECT app.current_tenant(), user_id, last_active_on
    FROM unnest($1::uuid[], $2::date[]) AS seen (user_id, last_active_on)
  ON CONFLICT (tenant_id, id) DO UPDATE SET last_active_on = excluded.last_active_on
   WHERE a.last_active_on < excluded.last_active_on`;

/** The day on which each user was last seen, by anything that he did. */
export const activity = defineProjection({
  name: 'insights.activity',
  tables: ['insights.activity'],
  events: 'all',
  applyAll: async (events, { query }) => {
    const lastDays = new Map<string, string>();
    for (const event of events) {
      const { kind, id: userId } = actorOf(event);
      const day = event.occurredAt.toISOString().slice(0, 10);
      if (kind === 'user' && userId !== null && day > (lastDays.get(userId) ?? '')) lastDays.set(userId, day);
    }
    if (lastDays.size > 0) await query(PUT, [[...lastDays.keys()], [...lastDays.values()]]);
  },
});
