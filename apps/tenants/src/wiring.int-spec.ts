import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addShard,
  changeBranding,
  changePlan,
  changeSettings,
  createTenant,
  downloadBrandAsset,
  listShards,
  listTenants,
  removeBrandAsset,
  showBrand,
  showBranding,
  showOrganization,
  showSettings,
  showTenant,
  startOnboarding,
  suspendTenant,
  uploadBrandAsset,
} from '#libs/contracts/tenants';
import { withoutLogin } from '#libs/database';
import { testDatabase } from '#libs/database/testing';
import { shardBaseMigrations } from '#libs/sharding';
import type { TenantRef } from '#libs/tenancy';
import { aUser } from '#libs/tenancy/testing';
import { Client } from 'pg';
import { TestPlatform, TestService, type Caller } from '../testing/index.js';
import { aFolder, altered, asRequest } from './onboarding/bundle/bundle.fake-folder.js';

const asset = { logo: { asset: 'logo' } };
const svg = (inner: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`);

// Databases are made here; a busy machine takes its time.
const HOOK = 60_000;

describe('the tenants service', () => {
  let platform: TestPlatform;
  let service: TestService;
  let operator: Caller;
  let acme: TenantRef;
  let admin: Caller;

  beforeAll(async () => {
    platform = await TestPlatform.create({ small: 1 });
    service = await TestService.start(platform);
    operator = service.asOperator();
    const body = { slug: 'acme', name: 'Acme Works', plan: 'starter', expectedUsers: 40 };
    const { json } = await operator(createTenant, { body });
    acme = { id: String(json['id']), slug: 'acme', name: 'Acme Works', plan: 'starter', status: 'active' };
    admin = service.as(acme, aUser({ role: 'admin', permissions: ['tenant.manage'] }));
  }, HOOK);
  afterAll(async () => {
    await service.close();
    await platform.close();
  }, HOOK);

  it('provisions, lists and shows tenants to an operator', async () => {
    const { status, json } = await operator(showTenant, { params: { tenantId: 'acme' } });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: acme.id,
      status: 'active',
      shard: 'small-1',
      host: 'acme.harka.example',
    });
    const list = await operator({ ...listTenants, path: `${listTenants.path}?q=ACME&limit=1` });
    expect(list.json).toMatchObject({ items: [{ slug: 'acme' }], nextCursor: null });
    const none = await operator({ ...listTenants, path: `${listTenants.path}?q=%25` });
    expect(none.json['items']).toEqual([]);
  });

  it('is closed to members where it is the operator’s, and to those without the permission', async () => {
    expect((await admin(listTenants)).status).toBe(403);
    expect((await admin(createTenant, { body: {} })).status).toBe(403);
    const learner = service.as(acme, aUser());
    expect((await learner(showSettings)).status).toBe(403);
    expect((await learner(showOrganization)).status).toBe(200);
  });

  it.each([
    [{ slug: 'admin', name: 'x', plan: 'starter' }, '/slug'],
    [{ slug: '-x', name: 'x', plan: 'starter' }, '/slug'],
    [{ slug: '1st', name: 'x', plan: 'starter' }, '/slug'],
    [{ slug: 'x'.repeat(64), name: 'x', plan: 'starter' }, '/slug'],
    [{ slug: 'ok', name: 'x\u0000', plan: 'starter' }, '/name'],
    [{ slug: 'ok', name: 'x', plan: 'gold' }, '/plan'],
    [{ slug: 'ok', name: 'x', plan: 'starter', extra: 1 }, '/extra'],
    [
      {
        slug: 'ok',
        name: 'x',
        plan: 'starter',
        branding: { primaryColor: 'red', secondaryColor: '#000000' },
      },
      '/branding/primaryColor',
    ],
  ])('refuses %j and points at %s', async (body, pointer) => {
    const { status, json } = await operator(createTenant, { body });
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'request.invalid', errors: [{ pointer }] });
  });

  it('tells the organisation in the shape of the founding documents', async () => {
    const { json } = await admin(showOrganization);
    expect(json).toEqual({
      id: acme.id,
      name: 'Acme Works',
      domain: 'acme.harka.example',
      plan: 'starter',
      users: { limit: 100, active: 0 },
      features: {
        sso: false,
        customBranding: true,
        apiAccess: true,
        advancedAnalytics: false,
        customAI: false,
      },
      branding: { logo: null, primaryColor: '#1d4ed8', secondaryColor: '#0f172a', favicon: null },
    });
  });

  it('changes the brand for whoever saw its latest version, and refuses colours that cannot be read', async () => {
    const { headers } = await admin(showBranding);
    const etag = String(headers['etag']);
    const body = { primaryColor: '#9A3412' };
    expect((await admin(changeBranding, { body })).status).toBe(428);
    const changed = await admin(changeBranding, { body, headers: { 'if-match': etag } });
    expect(changed.json).toMatchObject({ primaryColor: '#9a3412', secondaryColor: '#0f172a' });
    expect(changed.headers['etag']).not.toBe(etag);
    expect((await admin(changeBranding, { body, headers: { 'if-match': etag } })).status).toBe(412);
    const pale = await admin(changeBranding, {
      body: { primaryColor: '#ffcc00', secondaryColor: '#eeeeee' },
      headers: { 'if-match': String(changed.headers['etag']) },
    });
    expect(pale.status).toBe(400);
    expect(pale.json).toMatchObject({
      code: 'branding.contrast_too_low',
      errors: [
        { pointer: '/primaryColor', detail: expect.stringContaining('1.51:1') },
        { pointer: '/secondaryColor', detail: expect.stringContaining('1.16:1') },
      ],
    });
    const stranger = service.as(acme, aUser());
    expect((await stranger(showBrand)).json).toMatchObject({ branding: { primaryColor: '#9a3412' } });
  });

  it('serves a logo that can draw and do nothing else', async () => {
    const bytes = svg('<script>alert(1)</script><path d="M0 0h8" onclick="alert(1)"/>');
    const uploaded = await admin(uploadBrandAsset, { params: asset.logo, bytes });
    expect(uploaded.status).toBe(200);
    const [path = '', query = ''] = String(uploaded.json['logoUrl']).split('?');
    expect(path).toBe('/api/v1/brand/logo');

    const anybody = service.as(acme, aUser({ kind: 'anonymous', id: null, permissions: [] }));
    const served = await anybody({ ...downloadBrandAsset, path: `${path}?${query}` });
    expect(served.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(served.text).toContain('<path d="M0 0h8"');
    expect(served.text).not.toMatch(/script|onclick/);
    const again = await anybody(downloadBrandAsset, {
      params: asset.logo,
      headers: { 'if-none-match': String(served.headers['etag']) },
    });
    expect(again).toMatchObject({ status: 304, text: '' });
    expect((await anybody(downloadBrandAsset, { params: { asset: 'favicon' } })).status).toBe(404);
    expect((await anybody(downloadBrandAsset, { params: { asset: 'secrets' } })).status).toBe(400);

    expect((await admin(removeBrandAsset, { params: asset.logo })).status).toBe(204);
    expect((await anybody(downloadBrandAsset, { params: asset.logo })).status).toBe(404);
  });

  it('refuses pictures that are too large or none', async () => {
    const large = Buffer.alloc(513 * 1024, 0x89);
    expect((await admin(uploadBrandAsset, { params: asset.logo, bytes: large })).status).toBe(413);
    const pdf = Buffer.from('%PDF-1.7 hello');
    expect((await admin(uploadBrandAsset, { params: asset.logo, bytes: pdf })).status).toBe(415);
  });

  it('changes settings, and plans only as long as the people have seats', async () => {
    const { headers } = await admin(showSettings);
    const ifMatch = { 'if-match': String(headers['etag']) };
    const wrong = await admin(changeSettings, { body: { registration: 'domain' }, headers: ifMatch });
    expect(wrong.json).toMatchObject({ code: 'settings.email_domains_missing' });
    const body = { registration: 'domain', emailDomains: ['Acme.example'] };
    const right = await admin(changeSettings, { body, headers: ifMatch });
    expect(right.json).toMatchObject({
      registration: 'domain',
      emailDomains: ['acme.example'],
      locale: 'en',
    });

    const params = { tenantId: 'acme' };
    const seen = await operator(showTenant, { params });
    const headersOfPlan = { 'if-match': String(seen.headers['etag']) };
    const moved = await operator(changePlan, { params, body: { plan: 'growth' }, headers: headersOfPlan });
    expect(moved.json).toMatchObject({ plan: 'growth' });
  });

  it('registers a shard only after it has looked at it', async () => {
    const url = 'postgres://127.0.0.1:1/nowhere';
    const away = await operator(addShard, { body: { name: 'small-2', tier: 'small', url } });
    expect(away).toMatchObject({ status: 503, json: { code: 'shard.unreachable' } });
    const secret = 'postgres://me:secret@127.0.0.1/x';
    expect((await operator(addShard, { body: { name: 'small-2', tier: 'small', url: secret } })).status).toBe(
      400,
    );

    const empty = await testDatabase();
    const raw = await operator(addShard, {
      body: { name: 'small-2', tier: 'small', url: withoutLogin(empty.url) },
    });
    expect(raw).toMatchObject({ status: 409, json: { code: 'shard.not_migrated' } });
    await empty.drop();

    const migrated = await testDatabase({ migrations: [...shardBaseMigrations] });
    const body = { name: 'small-2', tier: 'small', url: withoutLogin(migrated.url) };
    expect((await operator(addShard, { body })).json).toMatchObject({ state: 'open', tenants: 0 });
    expect((await operator(addShard, { body })).status).toBe(201);
    const twice = await operator(addShard, { body: { ...body, name: 'small-3' } });
    expect(twice).toMatchObject({ status: 409, json: { code: 'shard.taken' } });
    expect((await operator(listShards)).json['items']).toHaveLength(2);
    await platform.directory.query(`UPDATE directory.shards SET state = 'gone' WHERE name = 'small-2'`);
    await migrated.drop();
  });

  it('tells everything that is wrong with a folder, and lets nothing of it in', async () => {
    const files = aFolder({
      ...altered('tenant.yaml', 'slug: acme', 'slug: fresh'),
      ...altered('users.csv', 'learner,Line 1', 'pupil,Line 1'),
    });
    const { status, json } = await operator(startOnboarding, { body: asRequest(files) });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      code: 'onboarding.bundle_invalid',
      issues: [{ file: 'users.csv', line: 2, column: 32, code: 'role_unknown' }],
    });
    expect((await operator(showTenant, { params: { tenantId: 'fresh' } })).status).toBe(404);
  });

  it('brings what happened into the tenant’s own log, in order', async () => {
    await operator(suspendTenant, { params: { tenantId: 'acme' }, body: { reason: 'unpaid' } });
    const client = new Client({ connectionString: platform.shards.get('small-1')?.url });
    await client.connect();
    const types = async () => {
      const { rows } = await client.query<{ type: string }>(
        'SELECT type FROM events.events WHERE tenant_id = $1 ORDER BY position',
        [acme.id],
      );
      return rows.map(({ type }) => type);
    };
    for (let round = 0; round < 100 && !(await types()).includes('tenants.tenant.suspended'); round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await types()).toEqual([
      'tenants.tenant.created',
      'tenants.branding.changed',
      'tenants.branding.changed',
      'tenants.branding.changed',
      'tenants.settings.changed',
      'tenants.tenant.plan_changed',
      'tenants.tenant.suspended',
    ]);
    await client.end();
  });
});
