import { z } from 'zod';

export const plans = ['starter', 'growth', 'enterprise'] as const;
export const plan = z.enum(plans);
export type Plan = z.infer<typeof plan>;

export const tiers = ['small', 'medium', 'dedicated'] as const;
export const tier = z.enum(tiers);
export type Tier = z.infer<typeof tier>;

export const tenantStatus = z.enum(['provisioning', 'active', 'suspended', 'deleted']);
export type TenantStatus = z.infer<typeof tenantStatus>;

export const roles = ['owner', 'admin', 'author', 'instructor', 'learner', 'viewer'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const permissions = [
  'courses.read',
  'courses.author',
  'courses.publish',
  'courses.delete',
  'enrolments.self',
  'enrolments.manage',
  'users.read',
  'users.invite',
  'users.manage',
  'teams.manage',
  'api_keys.manage',
  'tenant.manage',
  'sso.manage',
  'analytics.read',
  'audit.read',
  'media.upload',
] as const;
export const permission = z.enum(permissions);
export type Permission = z.infer<typeof permission>;

/** What is changed with these asks for a proof of a moment ago, where the academy demands a step-up. */
export const stepUpPermissions: readonly Permission[] = [
  'users.manage',
  'api_keys.manage',
  'tenant.manage',
  'sso.manage',
];

const viewer: readonly Permission[] = ['courses.read'];
const learner: readonly Permission[] = [...viewer, 'enrolments.self'];
const instructor: readonly Permission[] = [...learner, 'enrolments.manage', 'users.read', 'analytics.read'];
const author: readonly Permission[] = [...learner, 'courses.author', 'courses.publish', 'media.upload'];

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  viewer,
  learner,
  instructor,
  author,
  admin: permissions,
  owner: permissions,
};

/** What a role may do. Owner and admin may do everything in their tenant; an owner cannot be removed by an admin. */
export function permissionsOfRole(of: Role): readonly Permission[] {
  return granted[of];
}
