export { bootstrapDatabase, bootstrapRoles, createDatabase } from './bootstrap.js';
export { serverOf, withDatabase, withLogin, withoutLogin, type Login } from './connection-url.js';
export {
  type AppliedMigration,
  type Migration,
  MigrationFailed,
  type MigrationSet,
  runMigrations,
} from './migrations.js';
export { protectTable } from './protect-table.js';
export { loginRoles, OWNER, type LoginRole, type Role } from './roles.js';
export { isCheckViolation, isForeignKeyViolation, isUniqueViolation, sqlState } from './sql-state.js';
