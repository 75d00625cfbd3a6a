/** Owns every schema and runs the migrations. It cannot sign in and, under FORCE, it sees no tenant's rows. */
export const OWNER = 'harka_owner';

/** The roles that processes sign in as. None owns anything; none can leave row-level security. */
export const loginRoles = [
  'harka_app',
  'harka_relay',
  'harka_control',
  'harka_router',
  'harka_auth',
] as const;
export type LoginRole = (typeof loginRoles)[number];

export const roles = [OWNER, ...loginRoles] as const;
export type Role = (typeof roles)[number];
