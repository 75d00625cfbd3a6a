import { beforeAll, describe, expect, it } from '@jest/globals';
import { acceptInvitation, anAcademy, type Academy } from '../support/academy.js';
import { signIn, Site } from '../support/platform.js';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

interface User {
  readonly id: string;
  readonly active: boolean;
  readonly meta: { readonly location: string };
}

/** SCIM as an identity provider sees it: through the gateway, with a token and nothing else. */
describe('provisioning by SCIM', () => {
  let academy: Academy;
  let other: Academy;
  let scim: Site;
  let token: string;

  beforeAll(async () => {
    const label = Date.now().toString(36);
    academy = await anAcademy(`scim-${label}`);
    other = await anAcademy(`scim-other-${label}`, 'globex');
    ({ token } = await academy.owner.send<{ token: string }>('POST', '/api/v1/scim/tokens', {
      name: 'Entra',
    }));
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
    scim = new Site(academy.slug).with(headers);
  }, 240_000);

  const person = (name: string) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `${name}@scim.example`,
    displayName: name,
    emails: [{ primary: true, type: 'work', value: `${name}@scim.example` }],
    active: true,
  });

  it('speaks SCIM: media type, version, location, and errors in its own form', async () => {
    const made = await scim.call({ method: 'POST', path: '/scim/v2/Users', body: person('ada') });
    expect(made.status).toBe(201);
    expect(made.headers['content-type']).toContain('application/scim+json');
    const { id, meta } = made.json as User;
    expect(made.headers['location']).toBe(meta.location);
    expect(made.headers['etag']).toMatch(/^W\/"/);
    const twice = await scim.call({ method: 'POST', path: '/scim/v2/Users', body: person('ada') });
    expect(twice.json).toMatchObject({ status: '409', scimType: 'uniqueness' });
    expect(twice.headers['content-type']).toContain('application/scim+json');
    const stale = await scim.call({
      method: 'PATCH',
      path: `/scim/v2/Users/${id}`,
      headers: { 'if-match': 'W/"99.9"' },
      body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: 'X' }] },
    });
    expect(stale.status).toBe(412);
    const missing = await scim.call({ path: '/scim/v2/Users/nobody' });
    expect(missing.json).toMatchObject({ status: '404' });
    const config = await scim.call({ path: '/scim/v2/ServiceProviderConfig' });
    expect(config.json).toMatchObject({ patch: { supported: true }, bulk: { supported: true } });
  });

  it('takes the token of its own academy, and nothing else', async () => {
    const path = '/scim/v2/Users';
    const attempts: Readonly<Record<string, Site>> = {
      nobody: new Site(academy.slug),
      'the owner': academy.owner,
      'the token of another academy': new Site(other.slug).with({ authorization: `Bearer ${token}` }),
      'a token that is none': new Site(academy.slug).with({ authorization: 'Bearer hs_x' }),
    };
    for (const [who, site] of Object.entries(attempts)) {
      const answer = await site.call({ path });
      expect([who, answer.status]).toEqual([who, 401]);
      expect(answer.json).toMatchObject({ status: '401' });
    }
    const elsewhere = await new Site(academy.slug)
      .with({ authorization: `Bearer ${token}` })
      .call({ path: '/api/v1/users' });
    expect(elsewhere.status).toBe(401);
  });

  it('ends sessions within five seconds of active=false, and lets nobody in again', async () => {
    await academy.owner.send('POST', '/api/v1/invitations', { email: 'goes@scim.example', name: 'Goes' });
    const session = await acceptInvitation(academy.slug, 'goes@scim.example');
    const me = await session.get<{ id: string }>('/api/v1/auth/me');
    const off = { schemas: [PATCH], Operations: [{ op: 'Replace', path: 'active', value: 'False' }] };
    await scim.send('PATCH', `/scim/v2/Users/${me.id}`, off);
    const deadline = Date.now() + 5_000;
    let status = 200;
    while (status === 200 && Date.now() < deadline) {
      ({ status } = await session.call({ path: '/api/v1/auth/me' }));
    }
    expect(status).toBe(401);
    await expect(signIn(academy.slug, 'goes@scim.example', academy.password)).rejects.toThrow('401');
  });

  it('brings ten thousand people in, and the second time changes nobody', async () => {
    const many = 10_000;
    const operations = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        method: 'POST',
        path: '/Users',
        bulkId: `b${from + index}`,
        data: person(`bulk-${from + index}`),
      }));
    const began = Date.now();
    for (let from = 0; from < many; from += 2_000) {
      const batches = [0, 500, 1_000, 1_500].map(async (offset) =>
        scim.send<{ Operations: { status: string }[] }>('POST', '/scim/v2/Bulk', {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
          Operations: operations(from + offset, 500),
        }),
      );
      for (const { Operations } of await Promise.all(batches)) {
        expect(new Set(Operations.map(({ status }) => status))).toEqual(new Set(['201']));
      }
    }
    const perSecond = many / ((Date.now() - began) / 1000);
    process.stderr.write(`SCIM: ${perSecond.toFixed(0)} people a second\n`);
    // Far below what is measured, so that a busy machine is no failure and a fault is.
    expect(perSecond).toBeGreaterThan(20);
    const again = await scim.send<{ Operations: { status: string }[] }>('POST', '/scim/v2/Bulk', {
      Operations: operations(0, 500),
    });
    expect(new Set(again.Operations.map(({ status }) => status))).toEqual(new Set(['409']));
    const found = await scim.get<{ totalResults: number }>('/scim/v2/Users?count=0');
    expect(found.totalResults).toBeGreaterThanOrEqual(many);
  }, 280_000);
});
