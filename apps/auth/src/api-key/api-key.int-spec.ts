import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiKeyPrefix } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { DomainError } from '#libs/kernel';
import type { TenantRef } from '#libs/tenancy';
import { actorOf, anActor, aPerson, authOnShard, codeOf, type AuthOnShard } from '../../testing/index.js';
import type { User } from '../user/user.js';
import { ApiKeyDirectory } from './api-key-directory.js';
import { ApiKeyReadModel } from './api-key.read-model.js';
import { CreateApiKey } from './create-api-key.use-case.js';
import { RecordApiKeyUses } from './record-api-key-uses.use-case.js';
import { RevokeApiKey } from './revoke-api-key.use-case.js';

interface Route {
  readonly tenant_id: string;
  readonly hash: Buffer;
  readonly scopes: string[];
  readonly role: string;
  readonly revoked_at: Date | null;
}

describe('API keys', () => {
  let auth: AuthOnShard;
  let here: TenantRef;
  let there: TenantRef;
  let admin: User;

  beforeAll(async () => {
    auth = await authOnShard();
    [here, there] = auth.shard.tenants as [TenantRef, TenantRef];
    admin = (await aPerson(auth, here, 'admin')).user;
  });
  afterAll(async () => {
    await auth.close();
  });

  const create = (scopes: readonly ('users.read' | 'courses.read')[] = ['users.read']) =>
    auth.as(here, actorOf(admin), () =>
      auth.get(CreateApiKey).execute({ name: 'Import', scopes: [...scopes], expiresAt: null }),
    );
  const revoke = (id: string, tenant = here) =>
    auth.as(tenant, anActor('owner'), () => auth.get(RevokeApiKey).execute(id));
  const list = (tenant = here) =>
    auth.as(tenant, anActor('owner'), () => auth.get(ApiKeyReadModel).page({ limit: 100 }));
  const routeOf = async (prefix: string) =>
    (await auth.directory.query<Route>('SELECT * FROM directory.api_keys WHERE prefix = $1', [prefix]))[0];

  /** Fails the directory for as long as the work takes. */
  async function withoutDirectory<R>(work: () => Promise<R>): Promise<R> {
    const directory = auth.get(ApiKeyDirectory);
    Object.defineProperty(directory, 'publish', {
      configurable: true,
      value: async () => Promise.reject(new DomainError('unavailable', 'directory.unavailable', 'away')),
    });
    try {
      return await work();
    } finally {
      Reflect.deleteProperty(directory, 'publish');
    }
  }

  it('are known to the directory at once, by hash alone', async () => {
    const { key, apiKey } = await create();
    expect(apiKeyPrefix(key)).toBe(apiKey.prefix);
    const route = await routeOf(apiKey.prefix);
    expect(route).toMatchObject({
      tenant_id: here.id,
      scopes: ['users.read'],
      role: 'admin',
      revoked_at: null,
    });
    expect(route?.hash).toEqual(sha256(key));
    const stored = await auth.shard.inTenant(here, () =>
      auth.shard.database.query<{ text: string }>('SELECT k::text AS text FROM auth.api_keys k'),
    );
    expect(JSON.stringify([stored, (await list()).items])).not.toContain(key.slice(-43));
  });

  it('are refused everywhere as soon as they are revoked', async () => {
    const { apiKey } = await create();
    await revoke(apiKey.id);
    await revoke(apiKey.id);
    expect((await routeOf(apiKey.prefix))?.revoked_at).toBeInstanceOf(Date);
    expect(auth.broadcast.of('api_key.revoked')).toContainEqual({ prefix: apiKey.prefix });
    expect((await list()).items.find(({ id }) => id === apiKey.id)?.status).toBe('revoked');
  });

  it('reach a directory that was away when they were made or revoked', async () => {
    const { apiKey } = await withoutDirectory(async () => create());
    expect(await routeOf(apiKey.prefix)).toBeUndefined();
    await expect(withoutDirectory(async () => auth.react(here))).rejects.toMatchObject({
      code: 'directory.unavailable',
    });
    await auth.react(here);
    expect(await routeOf(apiKey.prefix)).toMatchObject({ revoked_at: null });
    await withoutDirectory(async () => revoke(apiKey.id));
    expect(await routeOf(apiKey.prefix)).toMatchObject({ revoked_at: null });
    await auth.react(here);
    expect((await routeOf(apiKey.prefix))?.revoked_at).toBeInstanceOf(Date);
  });

  it('stay revoked in the directory when an older word about them comes late', async () => {
    const { apiKey } = await create();
    await revoke(apiKey.id);
    await auth.as(here, {}, () => auth.get(ApiKeyDirectory).publish(here.id, apiKey));
    expect((await routeOf(apiKey.prefix))?.revoked_at).toBeInstanceOf(Date);
  });

  it('may not do what their maker may not, and are made by people alone', async () => {
    const learner = actorOf((await aPerson(auth, here)).user);
    const attempt = auth.as(here, learner, () =>
      auth
        .get(CreateApiKey)
        .execute({ name: 'x', scopes: ['courses.read', 'users.manage'], expiresAt: null }),
    );
    expect(await codeOf(attempt)).toBe('api_key.scope_beyond_own');
    const byKey = auth.as(here, { ...actorOf(admin), kind: 'api_key' }, () =>
      auth.get(CreateApiKey).execute({ name: 'x', scopes: ['users.read'], expiresAt: null }),
    );
    expect(await codeOf(byKey)).toBe('auth.sign_in_required');
    const late = auth.as(here, actorOf(admin), () =>
      auth
        .get(CreateApiKey)
        .execute({ name: 'x', scopes: ['users.read'], expiresAt: '2020-01-01T00:00:00Z' }),
    );
    expect(await codeOf(late)).toBe('api_key.expiry_in_past');
  });

  it('are not seen, used or revoked from another academy', async () => {
    const { apiKey } = await create();
    expect(await codeOf(revoke(apiKey.id, there))).toBe('api_key.not_found');
    expect((await list(there)).items).toEqual([]);
    await auth.as(there, {}, () =>
      auth.get(RecordApiKeyUses).execute([{ prefix: apiKey.prefix, lastUsedAt: '2030-01-01T00:00:00Z' }]),
    );
    expect((await list()).items.find(({ id }) => id === apiKey.id)).toMatchObject({
      status: 'active',
      lastUsedAt: null,
    });
  });

  it('remember the latest use', async () => {
    const { apiKey } = await create();
    const use = (lastUsedAt: string) =>
      auth.as(here, {}, () => auth.get(RecordApiKeyUses).execute([{ prefix: apiKey.prefix, lastUsedAt }]));
    await use('2030-01-02T00:00:00.000Z');
    await use('2030-01-01T00:00:00.000Z');
    expect((await list()).items.find(({ id }) => id === apiKey.id)?.lastUsedAt).toBe(
      '2030-01-02T00:00:00.000Z',
    );
  });
});
