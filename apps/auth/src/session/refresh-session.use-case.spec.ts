import { describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeActingRepository } from '../operator/acting.fake-repository.js';
import { FakeMailOutbox } from '../mail/mail-outbox.fake-outbox.js';
import { defaultPolicy } from '../sign-in-policy/sign-in-policy.js';
import { FakeSignInPolicyRepository } from '../sign-in-policy/sign-in-policy.fake-repository.js';
import { FakeTokenIssuer } from '../token/token-issuer.fake-issuer.js';
import { FakeUserRepository } from '../user/user.fake-repository.js';
import { createUser } from '../user/user.js';
import { FakeEnforcementRepository } from '../enforcement/enforcement.fake-repository.js';
import { SignInEnforcement } from '../enforcement/sign-in-enforcement.js';
import { RefreshSession } from './refresh-session.use-case.js';
import { FakeSessionRepository } from './session.fake-repository.js';
import { FakeSessionRevocations } from './session-revocations.fake-channel.js';
import { aStartSession } from './start-session.fake-start.js';

function academy() {
  const clock = new FixedClock();
  const users = new FakeUserRepository();
  const user = createUser(
    newId(),
    { email: 'a@acme.example', name: 'A', role: 'learner' },
    'active',
    clock.now(),
  );
  users.with(user);
  const sessions = new FakeSessionRepository(users);
  const [events, revocations, mails] = [
    new FakeEventLog(),
    new FakeSessionRevocations(),
    new FakeMailOutbox(),
  ];
  const [unitOfWork, tokens] = [new FakeUnitOfWork(), new FakeTokenIssuer()];
  const start = aStartSession({ sessions, users, events, unitOfWork, clock });
  const policies = new FakeSignInPolicyRepository();
  const enforcements = new FakeEnforcementRepository();
  const enforcement = new SignInEnforcement(enforcements, new FakeEntitlements());
  const refreshing = new RefreshSession(
    sessions,
    revocations,
    tokens,
    new FakeActingRepository(),
    policies,
    enforcement,
    mails,
    events,
    unitOfWork,
    clock,
  );
  const context = aContext();
  return {
    ...{ clock, users, user, sessions, events, revocations, mails, policies, enforcements },
    start: () => runInContext(context, () => start.execute(user, { method: 'password', amr: ['pwd'] })),
    refresh: (token: string) => runInContext(context, () => refreshing.execute(token)),
  };
}

describe(RefreshSession.name, () => {
  it('gives the role that the user has now', async () => {
    const { users, user, start, refresh } = academy();
    const { refreshToken } = await start();
    users.with({ ...user, role: 'author' });
    expect(JSON.parse((await refresh(refreshToken)).accessToken)).toMatchObject({ role: 'author' });
  });

  it('refuses who has lost access, and what is no token', async () => {
    const { users, user, start, refresh } = academy();
    const { refreshToken } = await start();
    users.with({ ...user, status: 'deactivated' });
    for (const token of [refreshToken, 'nonsense', refreshToken.slice(1)]) {
      await expect(refresh(token)).rejects.toMatchObject({ code: 'auth.session_ended' });
    }
  });

  it('ends a session whose token was copied, once, and says so to its owner', async () => {
    const { clock, start, refresh, sessions, revocations, mails, user } = academy();
    const { refreshToken, sessionId } = await start();
    await refresh(refreshToken);
    clock.advance(60_000);
    for (let time = 0; time < 2; time += 1) {
      await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
    }
    expect(sessions.ends).toEqual([{ id: sessionId, reason: 'token_reused' }]);
    expect(revocations.announced).toEqual([sessionId]);
    expect(mails.mails).toMatchObject([{ template: 'session_stolen', to: { email: user.email } }]);
  });

  it('tells less time for the refresh token as the end of the session comes near', async () => {
    const { clock, start, refresh, policies } = academy();
    const [HOUR, DAY] = [3_600, 86_400];
    policies.policy = { ...defaultPolicy, absoluteSeconds: DAY };
    const signIn = await start();
    expect(signIn.refreshableFor).toBe(HOUR);
    let token = signIn.refreshToken;
    for (let time = 0; time < 47; time += 1) {
      clock.advance((HOUR / 2) * 1000);
      token = (await refresh(token)).refreshToken;
    }
    expect((await refresh(token)).refreshableFor).toBe(HOUR / 2);
  });

  it('ends a session that the policy has run out, and one from a network that is not allowed', async () => {
    const { clock, start, refresh, sessions, policies, revocations } = academy();
    const [idle, elsewhere] = [await start(), await start()];
    policies.policy = { ...defaultPolicy, allowedNetworks: ['203.0.113.0/24'] };
    await expect(refresh(elsewhere.refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
    policies.policy = { ...defaultPolicy, idleSeconds: 600 };
    clock.advance(601_000);
    await expect(refresh(idle.refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
    expect(sessions.ends.map(({ reason }) => reason)).toEqual(['policy', 'policy']);
    expect(revocations.announced).toEqual([elsewhere.sessionId, idle.sessionId]);
  });

  it('ends a session that came by a way that is closed by now, but not that of an exception', async () => {
    const { start, refresh, sessions, enforcements, revocations, user } = academy();
    const [bound, exempt] = [await start(), await start()];
    const enforcedAt = new Date();
    enforcements.enforcement = { enforced: true, breakGlassUserIds: [user.id], enforcedAt };
    await expect(refresh(exempt.refreshToken)).resolves.toBeDefined();
    enforcements.enforcement = { enforced: true, breakGlassUserIds: [], enforcedAt };
    await expect(refresh(bound.refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
    expect(sessions.ends).toEqual([{ id: bound.sessionId, reason: 'sso_enforced' }]);
    expect(revocations.announced).toEqual([bound.sessionId]);
  });
});
