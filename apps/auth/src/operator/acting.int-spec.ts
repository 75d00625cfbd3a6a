import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memberClaims, REVOKED_SESSIONS } from '#libs/contracts/auth';
import { newId } from '#libs/kernel';
import type { TenantRef } from '#libs/tenancy';
import { decodeJwt } from 'jose';
import { actorOf, authOnShard, type AuthOnShard } from '../../testing/auth-on-shard.js';
import { anInvited, aPerson, codeOf, eventsOf } from '../../testing/people.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import type { User } from '../user/user.js';
import { EndActing } from './end-acting.use-case.js';
import { EnterActing } from './enter-acting.use-case.js';
import { ShowActing } from './show-acting.use-case.js';
import { StartActing } from './start-acting.use-case.js';

const operator = { kind: 'operator', id: newId(), name: 'Op' } as const;
const site = { scheme: 'http', host: 'admin.harka.test:8080' } as const;

describe('an operator who acts as somebody', () => {
  let auth: AuthOnShard;
  let tenant: TenantRef;
  let other: TenantRef;
  let person: User;

  beforeAll(async () => {
    auth = await authOnShard({ tenants: 2 });
    [tenant, other] = auth.shard.tenants as [TenantRef, TenantRef];
    person = (await aPerson(auth, tenant, 'author')).user;
  });
  afterAll(async () => {
    await auth.close();
  });

  const start = (userId = person.id, minutes = 30, handle = tenant.id) =>
    auth.as(null, operator, () =>
      auth.get(StartActing).execute(handle, { userId, reason: 'Ticket 4711', minutes }, site),
    );
  const ticketOf = (url: string) => /#ticket=(.+)$/.exec(url)?.[1] ?? '';
  const enter = (ticket: string, at = tenant) => auth.as(at, {}, () => auth.get(EnterActing).execute(ticket));
  const actor = (sessionId: string) => ({
    ...actorOf(person, sessionId),
    by: { id: operator.id, name: operator.name },
  });

  it('gets a token of the person that names the operator, and ends within the time that was asked for', async () => {
    const order = await start(person.id, 5);
    expect(order.url).toMatch(new RegExp(`^http://${tenant.slug}\\.harka\\.test:8080/act-as#ticket=`));
    const signIn = await enter(ticketOf(order.url));
    const claims = memberClaims.parse(decodeJwt(signIn.accessToken));
    expect(claims).toMatchObject({
      sub: person.id,
      aud: tenant.id,
      role: 'author',
      act: { sub: operator.id, name: 'Op' },
    });
    expect(claims.exp * 1000).toBeLessThanOrEqual(auth.clock.now().getTime() + 5 * 60_000);
    expect(signIn.refreshableFor).toBeLessThanOrEqual(300);
    const again = await auth.as(tenant, {}, () => auth.get(RefreshSession).execute(signIn.refreshToken));
    expect(decodeJwt(again.accessToken)).toMatchObject({ act: { sub: operator.id } });
    auth.clock.advance(5 * 60_000 + 1);
    const late = auth.as(tenant, {}, () => auth.get(RefreshSession).execute(again.refreshToken));
    expect(await codeOf(late)).toBe('auth.session_ended');
  });

  it('has a way in that opens once, within a minute, in that tenant alone', async () => {
    const spent = ticketOf((await start()).url);
    expect(await codeOf(enter(spent, other))).toBe('acting.ticket_invalid');
    await enter(spent);
    expect(await codeOf(enter(spent))).toBe('acting.ticket_invalid');
    const late = ticketOf((await start()).url);
    auth.clock.advance(61_000);
    expect(await codeOf(enter(late))).toBe('acting.ticket_invalid');
    expect(await codeOf(enter('made-up'))).toBe('acting.ticket_invalid');
  });

  it('never enters with the refresh token of a person', async () => {
    const { refreshToken } = await aPerson(auth, tenant);
    expect(await codeOf(enter(refreshToken))).toBe('acting.ticket_invalid');
  });

  it('is written down in the tenant with the reason, and each event names both', async () => {
    const { sessionId, url } = await start();
    await enter(ticketOf(url));
    await auth.as(tenant, actor(sessionId), () => auth.get(EndActing).leave());
    const events = await eventsOf(auth, tenant);
    expect(events.at(-3)).toMatchObject({
      type: 'auth.acting.started',
      subject: person.id,
      payload: { operatorId: operator.id, operatorName: 'Op', reason: 'Ticket 4711' },
    });
    expect(events.at(-1)).toMatchObject({ type: 'auth.acting.ended', payload: { operatorId: operator.id } });
    const rows = await auth.shard.inTenant(tenant, () =>
      auth.shard.database.query(
        'SELECT actor_kind, actor_id, acting_operator FROM events.events ORDER BY position DESC LIMIT 1',
      ),
    );
    expect(rows).toEqual([{ actor_kind: 'user', actor_id: person.id, acting_operator: operator.id }]);
  });

  it('is told on every page, and leaves everywhere at once', async () => {
    const { sessionId, url } = await start();
    const { refreshToken } = await enter(ticketOf(url));
    const notice = await auth.as(tenant, actor(sessionId), () => auth.get(ShowActing).execute());
    expect(notice).toMatchObject({
      operator: 'Op',
      reason: 'Ticket 4711',
      returnTo: `http://admin.harka.test:8080/control/tenants/${tenant.id}`,
    });
    const listed = await auth.as(null, operator, () => auth.get(ShowActing).list(tenant.slug));
    expect(listed.map((session) => session.sessionId)).toContain(sessionId);
    await auth.as(null, operator, () => auth.get(EndActing).execute(tenant.slug, sessionId));
    expect(await auth.redis.zscore(REVOKED_SESSIONS, sessionId)).not.toBeNull();
    const refreshed = auth.as(tenant, {}, () => auth.get(RefreshSession).execute(refreshToken));
    expect(await codeOf(refreshed)).toBe('auth.session_ended');
    const after = await auth.as(null, operator, () => auth.get(ShowActing).list(tenant.slug));
    expect(after.map((session) => session.sessionId)).not.toContain(sessionId);
  });

  it('is refused for who is not active, for nobody, and in a tenant that is closed or unknown', async () => {
    const invited = await anInvited(auth, tenant);
    expect(await codeOf(start(invited.id))).toBe('acting.user_not_active');
    expect(await codeOf(start(newId()))).toBe('user.not_found');
    expect(await codeOf(start(person.id, 30, newId()))).toBe('tenant.not_found');
    const closed = { ...tenant, status: 'suspended' as const };
    auth.shard.directory.tenantsById.set(tenant.id, { ...closed, branding: {}, settings: {} });
    expect(await codeOf(start())).toBe('acting.tenant_closed');
    auth.shard.directory.tenantsById.set(tenant.id, { ...tenant, branding: {}, settings: {} });
  });

  it('cannot leave where nobody acts', async () => {
    const own = auth.as(tenant, actorOf(person, newId()), () => auth.get(EndActing).leave());
    expect(await codeOf(own)).toBe('acting.not_acting');
  });
});
