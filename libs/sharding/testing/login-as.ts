import type { Login, Role } from '#libs/database';
import { actingAs, testServer } from '#libs/database/testing';

/** The login of the tests' administrator, acting as a role: it needs none of the roles' passwords. */
export function loginAs(role: Role): Login {
  const { username, password } = new URL(testServer());
  return {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    options: actingAs(role),
  };
}
