export { shardAllowances, type CatalogAllowances } from './catalog-allowances.js';
export { catalogFaults } from './catalog-faults.js';
export {
  actingAs,
  testDatabase,
  testServer,
  type TestDatabase,
  type TestDatabaseOptions,
} from './test-database.js';
