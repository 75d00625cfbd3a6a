import { permissionsOfRole, type Role } from '#libs/contracts';
import type { Person, User as UserView, UserStatus } from '#libs/contracts/auth';
import type { Actor } from '#libs/tenancy';
import { OwnerOnly, RoleNotGrantable } from './user.errors.js';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly locale: string | null;
  /** Of the IANA's list; null: the one of the device. */
  readonly timeZone: string | null;
  readonly department: string | null;
  /** The name of the team, which `teamId` says as well. */
  readonly team: string | null;
  readonly teamId: string | null;
  readonly managerId: string | null;
  readonly version: number;
  readonly lastLoginAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Who a new user is; the rest follows. */
export interface UserProfile extends Pick<User, 'email' | 'name' | 'role'> {
  readonly locale?: string | null;
  readonly department?: string | null;
  readonly team?: string | null;
  readonly teamId?: string | null;
  readonly managerId?: string | null;
}

export function createUser(id: string, profile: UserProfile, status: UserStatus, now: Date): User {
  const nothing = {
    locale: null,
    timeZone: null,
    department: null,
    team: null,
    teamId: null,
    managerId: null,
  };
  return {
    ...nothing,
    ...profile,
    ...{ id, status, version: 1, lastLoginAt: null, createdAt: now, updatedAt: now },
  };
}

/** The user as events tell it. */
export function personOf({ id, ...user }: User): Person {
  const { email, name, role, status, department, team, teamId, managerId, locale, timeZone } = user;
  return { userId: id, email, name, role, status, department, team, teamId, managerId, locale, timeZone };
}

/** The user as the API shows it. */
export function viewOf(user: User): UserView {
  const { id, email, name, role, status, locale, department, team, teamId, managerId } = user;
  return {
    ...{ id, email, name, role, status, locale, department, team, teamId, managerId },
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}

/**
 * Whether the actor may make somebody a `role`: nobody grants what he may not do himself, and only owners make owners.
 * @throws OwnerOnly, RoleNotGrantable
 */
export function requireGrantable(actor: Actor, role: Role): void {
  if (actor.kind === 'service' || actor.kind === 'operator') return;
  requireOwnerFor(actor, role);
  const missing = permissionsOfRole(role).filter((permission) => !actor.permissions.includes(permission));
  if (missing.length > 0) throw new RoleNotGrantable(role);
}

/** Owners are touched by owners alone. @throws OwnerOnly */
export function requireOwnerFor(actor: Actor, role: Role): void {
  const ofPlatform = actor.kind === 'service' || actor.kind === 'operator';
  if (role === 'owner' && actor.role !== 'owner' && !ofPlatform) throw new OwnerOnly();
}

/** Whether a change of role takes something away. */
export function losesPermissions(from: Role, to: Role): boolean {
  const kept = permissionsOfRole(to);
  return permissionsOfRole(from).some((permission) => !kept.includes(permission));
}
