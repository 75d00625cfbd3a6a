import type { Permission } from '#libs/contracts';
import type { Me } from '#libs/contracts/auth';

/** Who is signed in, and what they may do. */
export type SessionUser = Me;

export const may = (user: Pick<SessionUser, 'permissions'>, ...permissions: readonly Permission[]): boolean =>
  permissions.every((permission) => user.permissions.includes(permission));

const administrative: readonly Permission[] = [
  'users.read',
  'teams.manage',
  'api_keys.manage',
  'tenant.manage',
  'analytics.read',
  'audit.read',
];

/** Whether there is anything for this person in the administration. */
export const mayAdminister = (user: Pick<SessionUser, 'permissions'>): boolean =>
  administrative.some((permission) => user.permissions.includes(permission));

/** How to address somebody: the first word of the name. */
export const firstNameOf = (user: Pick<SessionUser, 'name'>): string =>
  user.name.trim().split(/\s+/u)[0] ?? '';
