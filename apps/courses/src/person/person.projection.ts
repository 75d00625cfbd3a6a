import {
  userActivated,
  userCreated,
  userDeactivated,
  userInvited,
  userReactivated,
  userUpdated,
} from '#libs/contracts/auth';
import { defineProjection } from '#libs/events';

const upsert = `
  INSERT INTO courses.people (tenant_id, id, name, email, role, status)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, id) DO UPDATE
     SET name = excluded.name, email = excluded.email, role = excluded.role, status = excluded.status`;

/** Every event about a user carries the whole person, so the last one is the truth. */
export const people = defineProjection({
  name: 'courses.people',
  tables: ['courses.people'],
  events: [userCreated, userUpdated, userActivated, userDeactivated, userReactivated, userInvited],
  apply: async ({ payload }, { query }) => {
    await query(upsert, [payload.userId, payload.name, payload.email, payload.role, payload.status]);
  },
});
