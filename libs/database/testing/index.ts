export {
  actingAs,
  testDatabase,
  testServer,
  type TestDatabase,
  type TestDatabaseOptions,
} from './test-database.js';
