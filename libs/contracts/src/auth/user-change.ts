import { z } from 'zod';
import { email, role, text, uuid } from '../index.js';

const userIds = z.array(uuid()).min(1).max(100);

/** The same change for many people. */
export const userChange = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('deactivate'), userIds }),
  z.strictObject({ action: z.literal('reactivate'), userIds }),
  /** Mails everybody who is invited a new link. */
  z.strictObject({ action: z.literal('invite'), userIds }),
  z.strictObject({ action: z.literal('set_role'), userIds, role }),
  z.strictObject({ action: z.literal('set_team'), userIds, teamId: uuid().nullable() }),
  z.strictObject({ action: z.literal('set_manager'), userIds, managerId: uuid().nullable() }),
  z.strictObject({ action: z.literal('set_department'), userIds, department: text(1, 100).nullable() }),
]);
export type UserChange = z.output<typeof userChange>;

/** What became of one person or row: done, nothing to do, or refused with the dotted code and its words. */
const fault = { code: z.string().nullable(), detail: z.string().nullable() };

export const userChangeResult = z.strictObject({
  items: z.array(
    z.strictObject({ userId: uuid(), outcome: z.enum(['changed', 'unchanged', 'failed']), ...fault }),
  ),
});
export type UserChangeResult = z.infer<typeof userChangeResult>;

/** Invites many; who is invited already gets a new link. Each is invited or refused by itself. */
export const invitationBatch = z.strictObject({
  people: z
    .array(
      z.strictObject({
        email: email(),
        /** Needed for who is new; without it the part of the address before the @ stands in. */
        name: text(1, 200).optional(),
        role: role.optional(),
        teamId: uuid().nullable().optional(),
      }),
    )
    .min(1)
    .max(100),
});
export type InvitationBatch = z.output<typeof invitationBatch>;

export const invitationBatchResult = z.strictObject({
  items: z.array(
    z.strictObject({
      email: z.string(),
      outcome: z.enum(['invited', 'invited_again', 'failed']),
      userId: uuid().nullable(),
      ...fault,
    }),
  ),
});
export type InvitationBatchResult = z.infer<typeof invitationBatchResult>;
