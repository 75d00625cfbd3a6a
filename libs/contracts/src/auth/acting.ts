import { z } from 'zod';
import { email, instant, page, pageQuery, role, tenantHandle, text, uuid } from '../index.js';
import { userStatus } from './user.js';

/** The longest that an operator acts as somebody, in minutes. */
export const LONGEST_ACTING_MINUTES = 30;
/** Where the way into a tenant begins; the ticket follows as the fragment. */
export const actingPath = '/act-as';

export const actingReason = text(3, 500);

export const newActing = z.strictObject({
  userId: uuid(),
  /** Why; the tenant's owners read it in their audit log. */
  reason: actingReason,
  minutes: z.int().min(1).max(LONGEST_ACTING_MINUTES).default(LONGEST_ACTING_MINUTES),
});
export type NewActing = z.output<typeof newActing>;

export const actingOrder = z.strictObject({
  sessionId: uuid(),
  /** Opens the tenant as that person, once, within a minute. */
  url: z.string(),
  expiresAt: instant(),
});
export type ActingOrder = z.infer<typeof actingOrder>;

/** An operator at work as somebody. */
export const actingSession = z.strictObject({
  sessionId: uuid(),
  userId: uuid(),
  userName: z.string(),
  operatorId: z.string(),
  operatorName: z.string(),
  reason: z.string(),
  startedAt: instant(),
  expiresAt: instant(),
});
export type ActingSession = z.infer<typeof actingSession>;
export const actingSessionList = z.strictObject({ items: z.array(actingSession) });

export const ticketInput = z.strictObject({ ticket: z.string().min(1).max(200) });

/** What a page tells while an operator acts as the person. */
export const actingNotice = z.strictObject({
  operator: z.string(),
  reason: z.string(),
  expiresAt: instant(),
  /** The page of the control centre that the operator came from. */
  returnTo: z.string(),
});
export type ActingNotice = z.infer<typeof actingNotice>;

/** A person of a tenant as an operator sees him: enough to find the right one. */
export const tenantPerson = z.strictObject({
  id: uuid(),
  email: z.string(),
  name: z.string(),
  role,
  status: userStatus,
  lastLoginAt: instant().nullable(),
});
export type TenantPerson = z.infer<typeof tenantPerson>;
export const tenantPersonPage = page(tenantPerson);

export const tenantPeopleQuery = z.strictObject({
  ...pageQuery,
  /** Part of the name or of the e-mail address. */
  q: text(1, 200).optional(),
  role: role.optional(),
});

export const newOwner = z.strictObject({ email: email(), name: text(1, 200) });

export const actingParams = z.strictObject({ ...tenantHandle.shape, sessionId: uuid() });
