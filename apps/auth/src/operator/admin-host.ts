import { currentContext } from '#libs/tenancy';
import { NotTheAdminHost } from './operator.errors.js';

/** @throws NotTheAdminHost where a tenant was named */
export function requireAdminHost(): void {
  if (currentContext().tenant !== null) throw new NotTheAdminHost();
}
