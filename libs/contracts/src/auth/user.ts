import { z } from 'zod';
import { email, instant, page, pageQuery, role, text, uuid } from '../index.js';

/** Invited: has a seat and no password yet. Deactivated: has no seat and cannot sign in. */
export const userStatus = z.enum(['invited', 'active', 'deactivated']);
export type UserStatus = z.infer<typeof userStatus>;

/** A BCP 47 tag: `en`, `de-AT`. */
const languageTag = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or de-AT is expected');

const timeZone = z.string().max(64).refine(isTimeZone, 'a time zone such as Europe/Vienna is expected');

function isTimeZone(zone: string): boolean {
  try {
    // An offset such as +01:00 knows no summer time.
    return (
      /^[A-Za-z]/.test(zone) &&
      new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}

const name = text(1, 200);
const department = text(1, 100).nullable();
const team = text(1, 100).nullable();

export const user = z.strictObject({
  id: uuid(),
  email: email(),
  name: z.string(),
  role,
  status: userStatus,
  department: z.string().nullable(),
  /** The name of the team; `teamId` leads to the team itself. */
  team: z.string().nullable(),
  teamId: uuid().nullable(),
  managerId: uuid().nullable(),
  /** Null: the academy's own. */
  locale: z.string().nullable(),
  lastLoginAt: instant().nullable(),
  createdAt: instant(),
  updatedAt: instant(),
});
export type User = z.infer<typeof user>;
export const userPage = page(user);

const userFilter = {
  /** Part of the name or of the e-mail address. */
  q: text(1, 200).optional(),
  role: role.optional(),
  status: userStatus.optional(),
  team: uuid().optional(),
  department: text(1, 100).optional(),
  /** Whose reports. */
  manager: uuid().optional(),
};

export const userSort = z.enum(['name', 'email', 'last_login', 'created']);
export type UserSort = z.infer<typeof userSort>;

export const userQuery = z.strictObject({
  ...pageQuery,
  ...userFilter,
  sort: userSort.default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
});
export type UserQuery = z.output<typeof userQuery>;

export const userSummaryQuery = z.strictObject(userFilter);
export type UserFilter = z.output<typeof userSummaryQuery>;

/** How many people the filter finds, and which departments there are in the whole academy. */
export const userSummary = z.strictObject({
  total: z.int().nonnegative(),
  byStatus: z.strictObject({
    active: z.int().nonnegative(),
    invited: z.int().nonnegative(),
    deactivated: z.int().nonnegative(),
  }),
  /** At most 500, the largest first. */
  departments: z.array(z.strictObject({ name: z.string(), people: z.int().positive() })),
});
export type UserSummary = z.infer<typeof userSummary>;

export const newUser = z.strictObject({
  email: email(),
  name,
  role: role.default('learner'),
  department: department.default(null),
  /** By name; a team of that name is made when there is none. */
  team: team.default(null),
  managerId: uuid().nullable().default(null),
  locale: languageTag.nullable().default(null),
});
export type NewUser = z.output<typeof newUser>;

export const userPatch = z
  .strictObject({
    name,
    role,
    department,
    /** By name; a team of that name is made when there is none. `teamId` goes before it. */
    team,
    teamId: uuid().nullable(),
    managerId: uuid().nullable(),
    locale: languageTag.nullable(),
  })
  .partial();
export type UserPatch = z.output<typeof userPatch>;

/** What people may change about themselves. */
export const profilePatch = z
  .strictObject({ name, locale: languageTag.nullable(), timeZone: timeZone.nullable() })
  .partial();
export type ProfilePatch = z.output<typeof profilePatch>;

export const invitation = z.strictObject({
  id: uuid(),
  userId: uuid(),
  email: email(),
  name: z.string(),
  role,
  invitedBy: uuid().nullable(),
  createdAt: instant(),
  expiresAt: instant(),
});
export type Invitation = z.infer<typeof invitation>;
export const invitationPage = page(invitation);

/** Invites somebody new (a name is needed), or sends somebody who is invited already a new link. */
export const newInvitation = z.strictObject({ email: email(), name: name.optional(), role: role.optional() });
export type NewInvitation = z.output<typeof newInvitation>;
