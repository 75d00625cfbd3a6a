import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { auth } from '#apps/auth';
import { courses } from '#apps/courses';
import { insights } from '#apps/insights';
import { media } from '#apps/media';
import { tenants } from '#apps/tenants';
import { planOf } from './migration-plan.js';
import { services } from './services.js';

describe('The services that are migrated', () => {
  it('are all that have migrations', () => {
    const apps = new URL('../../', import.meta.url);
    const withMigrations = readdirSync(apps).filter((app) =>
      existsSync(new URL(`${app}/migrations/index.ts`, apps)),
    );
    expect(services.map(({ name }) => name).sort()).toEqual(withMigrations.sort());
  });

  it.each([tenants, auth, courses, media, insights])(
    'promise what is run for them: $name',
    ({ name, migrations }) => {
      const service = services.find((known) => known.name === name);
      expect(service?.directory).toBe(migrations?.directory);
      expect(service?.shard).toBe(migrations?.shard);
    },
  );

  it('come after what every shard has, each in its own schema', () => {
    const { directory, shard } = planOf(services);
    expect(directory.map(({ schema }) => schema)).toEqual(['directory', 'auth']);
    expect(shard.map(({ schema }) => schema)).toEqual([
      ...['app', 'events', 'entitlements', 'requests'],
      ...['auth', 'courses', 'media', 'insights'],
    ]);
  });

  it('number their migrations by time, in the order in which they run, and name none twice', () => {
    const { directory, shard } = planOf(services);
    for (const { migrations } of [...directory, ...shard]) {
      const names = migrations.map((migration) => new migration().name ?? migration.name);
      const numbers = names.map((name) => Number(name.slice(-13)));
      expect(numbers.every(Number.isSafeInteger)).toBe(true);
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
