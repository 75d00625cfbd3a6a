import { z } from 'zod';
import { instant, page, pageQuery, text, uuid } from '../index.js';

/** People who belong together; everybody is in one team at most. Who leads a team need not be in it. */
export const team = z.strictObject({
  id: uuid(),
  name: z.string(),
  /** People who are not deactivated. */
  members: z.int().nonnegative(),
  leads: z.array(z.strictObject({ userId: uuid(), name: z.string(), email: z.string() })),
  createdAt: instant(),
  updatedAt: instant(),
});
export type Team = z.infer<typeof team>;
export const teamPage = page(team);

export const teamQuery = z.strictObject({
  ...pageQuery,
  /** Part of the name. */
  q: text(1, 100).optional(),
});

const name = text(1, 100);
const leadIds = z.array(uuid()).max(20);

export const newTeam = z.strictObject({ name, leadIds: leadIds.default([]) });
export type NewTeam = z.output<typeof newTeam>;

export const teamPatch = z.strictObject({ name, leadIds }).partial();
export type TeamPatch = z.output<typeof teamPatch>;
