import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogFaults, testDatabase, type TestDatabase } from '#libs/database/testing';
import { planOf } from './migration-plan.js';
import { services } from './services.js';

describe('The tables of all services in one shard', () => {
  let shard: TestDatabase;

  beforeAll(async () => {
    shard = await testDatabase({
      migrations: planOf(services).shard.flatMap(({ migrations }) => migrations),
    });
  });
  afterAll(() => shard.drop());

  it('keep the laws of a tenant table', async () => {
    expect(await catalogFaults(shard.ownerUrl)).toEqual([]);
  });
});
