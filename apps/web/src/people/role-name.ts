import type { Role } from '#libs/contracts';
import { type MessageKey, t } from '../language/t.js';

const names: Readonly<Record<Role, MessageKey>> = {
  owner: 'role.owner',
  admin: 'role.admin',
  author: 'role.author',
  instructor: 'role.instructor',
  learner: 'role.learner',
  viewer: 'role.viewer',
};

export const roleName = (role: Role): string => t(names[role]);
export const roleOrder = [
  'learner',
  'author',
  'instructor',
  'viewer',
  'admin',
  'owner',
] as const satisfies readonly Role[];
