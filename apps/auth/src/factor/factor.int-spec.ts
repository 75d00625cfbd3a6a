import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PasskeyAssertion, PasskeyRegistration, SecondStep } from '#libs/contracts/auth';
import { SoftwarePasskey } from '#libs/crypto/testing';
import type { TenantRef } from '#libs/tenancy';
import { Secret } from 'otpauth';
import {
  actorOf,
  anActor,
  aPerson,
  authOnShard,
  codeOf,
  eventsOf,
  mailsOf,
  PASSWORD,
  setPolicy,
  type AuthOnShard,
} from '../../testing/index.js';
import { LogIn } from '../session/log-in.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import type { SignIn } from '../session/sign-in.js';
import { AnswerSecondStep } from './answer-second-step.use-case.js';
import { ChangeFactors } from './change-factors.use-case.js';
import { EnrolInSecondStep } from './enrol-in-second-step.use-case.js';
import { SecondStepRequired } from './factor.errors.js';
import { ListFactors } from './list-factors.use-case.js';
import { ResetFactors } from './reset-factors.use-case.js';
import { SignInByPasskey } from './sign-in-by-passkey.use-case.js';
import { StepUp } from './step-up.use-case.js';
import { totpCode } from './totp.js';

const REFUSED = 'auth.factor_refused';
const OVER = 'auth.challenge_invalid';

describe('factors', () => {
  let auth: AuthOnShard;
  let here: TenantRef;
  let there: TenantRef;

  beforeAll(async () => {
    auth = await authOnShard();
    [here, there] = auth.shard.tenants as [TenantRef, TenantRef];
  });
  afterAll(async () => {
    await auth.close();
  });
  beforeEach(async () => {
    await setPolicy(auth, here, {});
    // The codes of another test are another time's.
    auth.clock.advance(300_000);
  });

  const siteOf = (tenant = here) => ({ scheme: 'http', host: `${tenant.slug}.harka.test:8080` }) as const;
  const rpOf = (tenant = here) => ({
    origin: `http://${tenant.slug}.harka.test:8080`,
    rpId: `${tenant.slug}.harka.test`,
  });
  const asNobody = <R>(work: () => R, userAgent = 'Browser', tenant = here) =>
    auth.as(tenant, {}, work, { userAgent, ip: '192.0.2.1' });
  const as = <R>({ user, sessionId }: SignIn, work: () => R) =>
    auth.as(here, actorOf(user, sessionId), work, { userAgent: 'Browser', ip: '192.0.2.1' });
  const login = (email: string, device?: string, tenant = here) =>
    asNobody(() => auth.get(LogIn).execute(email, PASSWORD, device), 'Browser', tenant);
  const stepOf = async (attempt: Promise<unknown>): Promise<SecondStep> => {
    const error = await attempt.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error instanceof SecondStepRequired) return error.step;
    throw new Error('No second step was asked for.', { cause: error });
  };
  const answer = (
    { challengeId }: Pick<SecondStep, 'challengeId'>,
    proof: Parameters<AnswerSecondStep['execute']>[1],
    { trust = false, userAgent = 'Browser', tenant = here } = {},
  ) =>
    asNobody(
      () => auth.get(AnswerSecondStep).execute(challengeId, proof, trust, siteOf(tenant)),
      userAgent,
      tenant,
    );
  const code = (secret: Buffer, offset = 0) =>
    totpCode(secret, new Date(auth.clock.now().getTime() + offset));

  async function withTotp(role: 'learner' | 'admin' = 'learner') {
    const signIn = await aPerson(auth, here, role);
    const begun = await as(signIn, () => auth.get(ChangeFactors).beginTotp());
    const secret = Buffer.from(Secret.fromBase32(begun.secret).bytes);
    const codes = await as(signIn, () => auth.get(ChangeFactors).confirmTotp(code(secret)));
    auth.clock.advance(60_000);
    return { signIn, secret, codes: codes ?? [], email: signIn.user.email };
  }

  async function withPasskey() {
    const signIn = await aPerson(auth, here);
    const key = new SoftwarePasskey(rpOf());
    const { challengeId, options } = await as(signIn, () => auth.get(ChangeFactors).beginPasskey(siteOf()));
    const response = key.register(options.challenge) as PasskeyRegistration;
    const { passkey } = await as(signIn, () =>
      auth.get(ChangeFactors).addPasskey(challengeId, 'My key', response, siteOf()),
    );
    return { signIn, key, passkey, email: signIn.user.email };
  }

  describe('an authenticator app', () => {
    it('is asked for after the password, and finishes the sign-in', async () => {
      const { email, secret, codes } = await withTotp();
      expect(codes).toHaveLength(10);
      const step = await stepOf(login(email));
      expect(step).toMatchObject({ mfaRequired: true, enrol: false, methods: ['totp', 'recovery_code'] });
      const { signIn } = await answer(step, { method: 'totp', code: code(secret) });
      const sessions = await auth.shard.inTenant(here, async () =>
        auth.shard.database.query<{ amr: string[] }>('SELECT amr FROM auth.sessions WHERE id = $1', [
          signIn.sessionId,
        ]),
      );
      expect(sessions).toEqual([{ amr: ['pwd', 'otp', 'mfa'] }]);
    });

    it('takes no code twice, not even by two who come at once', async () => {
      const { email, secret } = await withTotp();
      const steps = await Promise.all([1, 2, 3, 4].map(async () => stepOf(login(email))));
      const outcomes = await Promise.all(
        steps.map(async (step) => codeOf(answer(step, { method: 'totp', code: code(secret) }))),
      );
      expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === REFUSED)).toHaveLength(3);
      auth.clock.advance(120_000);
    });

    it('takes no code of a minute ago, and none that came before one that was taken', async () => {
      const { email, secret } = await withTotp();
      const older = code(secret, -30_000);
      const step = await stepOf(login(email));
      expect(await codeOf(answer(step, { method: 'totp', code: code(secret, -90_000) }))).toBe(REFUSED);
      await answer(step, { method: 'totp', code: code(secret) });
      expect(await codeOf(answer(await stepOf(login(email)), { method: 'totp', code: older }))).toBe(REFUSED);
    });

    it('is not guessed: a challenge is over after five wrong codes, and the account is locked for a while', async () => {
      const { email, secret } = await withTotp();
      const step = await stepOf(login(email));
      const wrong = code(secret) === '000000' ? '000001' : '000000';
      for (let time = 0; time < 5; time += 1) {
        expect(await codeOf(answer(step, { method: 'totp', code: wrong }))).toBe(REFUSED);
      }
      expect(await codeOf(answer(step, { method: 'totp', code: code(secret) }))).toBe(OVER);
      const fresh = await stepOf(login(email));
      expect(await codeOf(answer(fresh, { method: 'totp', code: code(secret) }))).toBe('auth.locked');
      const told = (await eventsOf(auth, here)).filter(({ type }) => type === 'auth.factor.refused');
      expect(told.at(-1)?.payload).toMatchObject({ method: 'totp', reason: 'wrong' });
    });

    it('keeps its secret encrypted, and out of events and mails', async () => {
      const { secret, signIn } = await withTotp();
      const [row] = await auth.shard.inTenant(here, async () =>
        auth.shard.database.query<{ secret: Buffer }>(
          'SELECT secret FROM auth.totp_factors WHERE user_id = $1',
          [signIn.user.id],
        ),
      );
      expect(row?.secret.includes(secret)).toBe(false);
      const written = JSON.stringify([await eventsOf(auth, here), await mailsOf(auth, here)]);
      expect(written).not.toContain(new Secret({ buffer: new Uint8Array(secret).buffer }).base32);
    });
  });

  describe('a step that is under way', () => {
    it('is spent with the sign-in', async () => {
      const { email, secret } = await withTotp();
      const step = await stepOf(login(email));
      await answer(step, { method: 'totp', code: code(secret) });
      auth.clock.advance(60_000);
      expect(await codeOf(answer(step, { method: 'totp', code: code(secret) }))).toBe(OVER);
    });

    it('is good in its own academy, on its own device and for ten minutes alone', async () => {
      const { email, secret } = await withTotp();
      const step = await stepOf(login(email));
      const right = { method: 'totp', code: code(secret) } as const;
      expect(await codeOf(answer(step, right, { tenant: there }))).toBe(OVER);
      expect(await codeOf(answer(step, right, { userAgent: 'curl' }))).toBe(OVER);
      auth.clock.advance(601_000);
      expect(await codeOf(answer(step, { method: 'totp', code: code(secret) }))).toBe(OVER);
    });

    it('is no way around the factor: it cannot be turned into an enrolment, and no session exists before it ends', async () => {
      const { email, signIn } = await withTotp();
      const before = await sessionsOf(signIn.user.id);
      const { challengeId } = await stepOf(login(email));
      expect(await codeOf(asNobody(() => auth.get(EnrolInSecondStep).beginTotp(challengeId)))).toBe(OVER);
      expect(await codeOf(asNobody(() => auth.get(RefreshSession).execute(challengeId)))).toBe(
        'auth.session_ended',
      );
      expect(await sessionsOf(signIn.user.id)).toEqual(before);
    });

    it('gives a session of its own each time', async () => {
      const { email, secret, signIn } = await withTotp();
      const { signIn: finished } = await answer(await stepOf(login(email)), {
        method: 'totp',
        code: code(secret),
      });
      expect(finished.sessionId).not.toBe(signIn.sessionId);
      expect(await sessionsOf(signIn.user.id)).toHaveLength(2);
    });
  });

  async function sessionsOf(userId: string): Promise<unknown[]> {
    return auth.shard.inTenant(here, async () =>
      auth.shard.database.query('SELECT id FROM auth.sessions WHERE user_id = $1 ORDER BY id', [userId]),
    );
  }

  describe('recovery codes', () => {
    it('let somebody in once each, even when many try at once', async () => {
      const { email, codes } = await withTotp();
      const steps = await Promise.all([1, 2, 3, 4].map(async () => stepOf(login(email))));
      const outcomes = await Promise.all(
        steps.map(async (step) => codeOf(answer(step, { method: 'recovery_code', code: codes[0] ?? '' }))),
      );
      expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
      expect((await mailsOf(auth, here)).map(({ template }) => template)).toContain('recovery_code_used');
    });

    it('are read as people write them, and stop with the next set', async () => {
      const { email, codes, signIn, secret } = await withTotp();
      const typed = ` ${(codes[1] ?? '').toUpperCase().replaceAll('-', ' ')} `;
      await answer(await stepOf(login(email)), { method: 'recovery_code', code: typed });
      expect(await codeOf(as(signIn, () => auth.get(ChangeFactors).renewRecoveryCodes()))).toBe(null);
      expect(
        await codeOf(answer(await stepOf(login(email)), { method: 'recovery_code', code: codes[2] ?? '' })),
      ).toBe(REFUSED);
      await answer(await stepOf(login(email)), { method: 'totp', code: code(secret) });
    });
  });

  describe('a passkey', () => {
    it('finishes a sign-in after the password', async () => {
      const { email, key } = await withPasskey();
      const step = await stepOf(login(email));
      expect(step.methods).toEqual(['passkey', 'recovery_code']);
      const options = await asNobody(() =>
        auth.get(AnswerSecondStep).passkeyOptions(step.challengeId, siteOf()),
      );
      expect(options).toMatchObject({ rpId: rpOf().rpId, allowCredentials: [{ id: key.credentialId }] });
      const response = key.assert(options.challenge) as PasskeyAssertion;
      await answer(step, { method: 'passkey', response });
    });

    it('signs in alone, once for each challenge', async () => {
      const { key, signIn } = await withPasskey();
      const passkeys = auth.get(SignInByPasskey);
      const { challengeId, options } = await asNobody(() => passkeys.options(siteOf()));
      const response = key.assert(options.challenge) as PasskeyAssertion;
      const signedIn = await asNobody(() => passkeys.execute(challengeId, response, siteOf()));
      expect(signedIn.user.id).toBe(signIn.user.id);
      expect(await codeOf(asNobody(() => passkeys.execute(challengeId, response, siteOf())))).toBe(OVER);
    });

    const attacks = {
      'of another origin': { origin: 'http://evil.harka.test:8080' },
      'of another academy as relying party': { rpId: 'harka.test' },
      'of another challenge': { challenge: Buffer.from('other').toString('base64url') },
      'of a registration': { type: 'webauthn.create' },
      'without its owner': { userVerified: false },
      'of another person': { userHandle: Buffer.from('other').toString('base64url') },
    };
    it.each(Object.entries(attacks))('refuses an answer %s', async (_, lies) => {
      const { key } = await withPasskey();
      const passkeys = auth.get(SignInByPasskey);
      const { challengeId, options } = await asNobody(() => passkeys.options(siteOf()));
      const response = key.assert(options.challenge, lies) as PasskeyAssertion;
      expect(await codeOf(asNobody(() => passkeys.execute(challengeId, response, siteOf())))).toBe(REFUSED);
    });

    it('refuses a counter that went back: there is a copy of the key', async () => {
      const { key } = await withPasskey();
      const attempt = async (counter: number) => {
        const { challengeId, options } = await asNobody(() => auth.get(SignInByPasskey).options(siteOf()));
        const response = key.assert(options.challenge, { counter }) as PasskeyAssertion;
        return codeOf(asNobody(() => auth.get(SignInByPasskey).execute(challengeId, response, siteOf())));
      };
      expect(await attempt(7)).toBe(null);
      expect(await attempt(7)).toBe(REFUSED);
      expect(await attempt(3)).toBe(REFUSED);
      const told = (await eventsOf(auth, here)).filter(({ type }) => type === 'auth.factor.refused');
      expect(told.at(-1)?.payload).toMatchObject({ method: 'passkey', reason: 'counter' });
      expect(await attempt(8)).toBe(null);
    });

    it('is nobody in another academy, and a forged signature is nobody anywhere', async () => {
      const { key } = await withPasskey();
      const passkeys = auth.get(SignInByPasskey);
      const foreign = await asNobody(() => passkeys.options(siteOf(there)), 'Browser', there);
      const lie = key.assert(foreign.options.challenge, rpOf(there)) as PasskeyAssertion;
      const attempt = asNobody(
        () => passkeys.execute(foreign.challengeId, lie, siteOf(there)),
        'Browser',
        there,
      );
      expect(await codeOf(attempt)).toBe(REFUSED);
      const { challengeId, options } = await asNobody(() => passkeys.options(siteOf()));
      const other = new SoftwarePasskey(rpOf()).assert(options.challenge) as PasskeyAssertion;
      const forged = { ...other, id: key.credentialId, rawId: key.credentialId };
      expect(await codeOf(asNobody(() => passkeys.execute(challengeId, forged, siteOf())))).toBe(REFUSED);
    });

    it('is not made by an answer to another challenge or of another origin', async () => {
      const signIn = await aPerson(auth, here);
      for (const lies of [{ origin: 'http://evil.test' }, { rpId: 'evil.test' }, { challenge: 'b3RoZXI' }]) {
        const begun = await as(signIn, () => auth.get(ChangeFactors).beginPasskey(siteOf()));
        const made = new SoftwarePasskey(rpOf()).register(
          begun.options.challenge,
          lies,
        ) as PasskeyRegistration;
        const adding = as(signIn, () =>
          auth.get(ChangeFactors).addPasskey(begun.challengeId, 'Key', made, siteOf()),
        );
        expect(await codeOf(adding)).toBe('factor.passkey_refused');
      }
    });
  });

  describe('a policy that requires a factor', () => {
    it('lets nobody in without one after the grace, and enrols in the sign-in', async () => {
      const { user } = await aPerson(auth, here);
      await setPolicy(auth, here, { mfa: 'all', requiredSince: auth.clock.now(), graceDays: 1 });
      await expect(login(user.email)).resolves.toMatchObject({ user: { id: user.id } });
      auth.clock.advance(86_401_000);
      const step = await stepOf(login(user.email));
      expect(step).toMatchObject({ enrol: true, methods: ['totp', 'passkey'] });
      // What the step asks for cannot be skipped by answering as if a factor were there.
      expect(await codeOf(answer(step, { method: 'totp', code: '123456' }))).toBe(OVER);
      const enrolling = auth.get(EnrolInSecondStep);
      const { secret } = await asNobody(() => enrolling.beginTotp(step.challengeId));
      const typed = code(Buffer.from(Secret.fromBase32(secret).bytes));
      const enrolment = {
        method: 'totp',
        challengeId: step.challengeId,
        code: typed,
        delivery: 'cookies',
      } as const;
      const { signIn, recoveryCodes } = await asNobody(() => enrolling.execute(enrolment, siteOf()));
      expect(recoveryCodes).toHaveLength(10);
      expect(await codeOf(as(signIn, () => auth.get(ChangeFactors).removeTotp()))).toBe(
        'factor.last_required',
      );
      expect(await codeOf(asNobody(() => enrolling.execute(enrolment, siteOf())))).toBe(OVER);
    });

    it('is about the named roles alone, and does not bind where it is off', async () => {
      const { email } = await withTotp();
      const { user } = await aPerson(auth, here);
      await setPolicy(auth, here, {
        mfa: 'roles',
        mfaRoles: ['admin'],
        requiredSince: new Date(0),
        graceDays: 0,
      });
      await expect(login(user.email)).resolves.toBeDefined();
      await setPolicy(auth, here, { mfa: 'off' });
      await expect(login(email)).resolves.toBeDefined();
    });
  });

  describe('a trusted device', () => {
    it('is asked for no second step until the trust ends, runs out or is somebody else’s', async () => {
      const { email, secret, signIn } = await withTotp();
      const other = await withTotp();
      const { device } = await answer(
        await stepOf(login(email)),
        { method: 'totp', code: code(secret) },
        { trust: true },
      );
      await expect(login(email, device?.token)).resolves.toMatchObject({ user: { email } });
      await stepOf(login(other.email, device?.token));
      await stepOf(login(email, 'made-up'));
      const listed = await as(signIn, () => auth.get(ListFactors).mine(device?.token));
      expect(listed.trustedDevices).toMatchObject([{ current: true, userAgent: 'Browser' }]);
      await as(signIn, () => auth.get(ChangeFactors).forgetDevices(listed.trustedDevices[0]?.id));
      await stepOf(login(email, device?.token));
    });

    it('runs out', async () => {
      const { email, secret } = await withTotp();
      const right = { method: 'totp', code: code(secret) } as const;
      const { device } = await answer(await stepOf(login(email)), right, { trust: true });
      auth.clock.advance(31 * 86_400_000);
      await stepOf(login(email, device?.token));
    });

    it('proves nothing: factors cannot be changed from it without a step-up', async () => {
      const { email, secret } = await withTotp();
      const right = { method: 'totp', code: code(secret) } as const;
      const { device } = await answer(await stepOf(login(email)), right, { trust: true });
      const signIn = await login(email, device?.token);
      expect(await codeOf(as(signIn, () => auth.get(ChangeFactors).removeTotp()))).toBe(
        'auth.step_up_required',
      );
      auth.clock.advance(60_000);
      const proof = { method: 'totp', code: code(secret) } as const;
      await as(signIn, () => auth.get(StepUp).execute(proof, siteOf()));
      await as(signIn, () => auth.get(ChangeFactors).removeTotp());
    });
  });

  describe('a step-up', () => {
    const claimsOf = (token: string) =>
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sut?: number };

    it('is good for as long as the policy says, and refreshes with the session', async () => {
      await setPolicy(auth, here, { stepUpMinutes: 5 });
      const signIn = await aPerson(auth, here, 'admin');
      const now = Math.floor(auth.clock.now().getTime() / 1000);
      expect(claimsOf(signIn.accessToken).sut).toBe(now + 300);
      auth.clock.advance(600_000);
      const password = { method: 'password', password: PASSWORD } as const;
      const wrong = { method: 'password', password: 'wrong horse battery' } as const;
      expect(await codeOf(as(signIn, () => auth.get(StepUp).execute(wrong, siteOf())))).toBe(REFUSED);
      const { accessToken } = await as(signIn, () => auth.get(StepUp).execute(password, siteOf()));
      expect(claimsOf(accessToken).sut).toBe(now + 900);
      const refreshed = await asNobody(() => auth.get(RefreshSession).execute(signIn.refreshToken));
      expect(claimsOf(refreshed.accessToken).sut).toBe(now + 900);
    });

    it('takes no password from who has a factor, and no code twice', async () => {
      const { signIn, secret } = await withTotp();
      const password = { method: 'password', password: PASSWORD } as const;
      expect(await codeOf(as(signIn, () => auth.get(StepUp).execute(password, siteOf())))).toBe(REFUSED);
      const proof = { method: 'totp', code: code(secret) } as const;
      await as(signIn, () => auth.get(StepUp).execute(proof, siteOf()));
      expect(await codeOf(as(signIn, () => auth.get(StepUp).execute(proof, siteOf())))).toBe(REFUSED);
    });

    it('takes a passkey', async () => {
      const { signIn, key } = await withPasskey();
      const { methods, passkey } = await as(signIn, () => auth.get(StepUp).choices(siteOf()));
      expect(methods).toContain('passkey');
      const response = key.assert(passkey?.options.challenge ?? '') as PasskeyAssertion;
      const proof = { method: 'passkey', challengeId: passkey?.challengeId ?? '', response } as const;
      await as(signIn, () => auth.get(StepUp).execute(proof, siteOf()));
      expect(await codeOf(as(signIn, () => auth.get(StepUp).execute(proof, siteOf())))).toBe(OVER);
    });
  });

  describe('a reset by an admin', () => {
    it('removes everything, signs out and tells the person; owners are for owners', async () => {
      const { signIn, email } = await withTotp();
      const admin = await aPerson(auth, here, 'admin');
      const reset = (userId: string) => as(admin, () => auth.get(ResetFactors).execute(userId, 'Phone lost'));
      await reset(signIn.user.id);
      const told = (await eventsOf(auth, here)).filter(({ type }) => type === 'auth.factor.reset');
      expect(told.at(-1)?.payload).toEqual({ userId: signIn.user.id, reason: 'Phone lost' });
      await expect(login(email)).resolves.toBeDefined();
      expect(await codeOf(asNobody(() => auth.get(RefreshSession).execute(signIn.refreshToken)))).toBe(
        'auth.session_ended',
      );
      expect((await mailsOf(auth, here)).map(({ template }) => template)).toContain('factors_reset');
      const owner = await aPerson(auth, here, 'owner');
      expect(await codeOf(reset(owner.user.id))).toBe('user.owner_only');
      expect(await codeOf(reset(admin.user.id))).toBe('user.own_account');
      // A session that was open for a while, and may be somebody else's by now, has to be proved.
      auth.clock.advance(11 * 60_000);
      expect(await codeOf(reset(signIn.user.id))).toBe('auth.step_up_required');
      expect(
        await codeOf(
          auth.as(there, anActor('owner'), () =>
            auth.get(ResetFactors).execute(signIn.user.id, 'Phone lost'),
          ),
        ),
      ).toBe('user.not_found');
    });
  });

  describe('session policies', () => {
    it('end the oldest session where there are too many', async () => {
      const { user } = await aPerson(auth, here);
      await setPolicy(auth, here, { maxSessions: 2 });
      const first = await login(user.email);
      auth.clock.advance(1_000);
      await login(user.email);
      auth.clock.advance(1_000);
      await login(user.email);
      expect(await codeOf(asNobody(() => auth.get(RefreshSession).execute(first.refreshToken)))).toBe(
        'auth.session_ended',
      );
    });

    it('let nobody in from elsewhere, with whatever proof', async () => {
      const { user } = await aPerson(auth, here);
      const { key } = await withPasskey();
      const { refreshToken } = await login(user.email);
      await setPolicy(auth, here, { allowedNetworks: ['203.0.113.0/24', '2001:db8::/32'] });
      expect(await codeOf(login(user.email))).toBe('auth.network_not_allowed');
      const { challengeId, options } = await asNobody(() => auth.get(SignInByPasskey).options(siteOf()));
      const response = key.assert(options.challenge) as PasskeyAssertion;
      expect(
        await codeOf(asNobody(() => auth.get(SignInByPasskey).execute(challengeId, response, siteOf()))),
      ).toBe('auth.network_not_allowed');
      expect(await codeOf(asNobody(() => auth.get(RefreshSession).execute(refreshToken)))).toBe(
        'auth.session_ended',
      );
      const inside = () => auth.get(LogIn).execute(user.email, PASSWORD);
      await expect(
        auth.as(here, {}, inside, { userAgent: 'Browser', ip: '::ffff:203.0.113.9' }),
      ).resolves.toBeDefined();
    });

    it('mail somebody who signs in from a new place, and not from one that is known', async () => {
      const { user } = await aPerson(auth, here);
      await login(user.email);
      const alerts = async () =>
        (await mailsOf(auth, here)).filter(
          ({ template, to }) => template === 'new_sign_in' && to.email === user.email,
        );
      const before = (await alerts()).length;
      await login(user.email);
      expect(await alerts()).toHaveLength(before);
      const elsewhere = () => auth.get(LogIn).execute(user.email, PASSWORD);
      await auth.as(here, {}, elsewhere, { userAgent: 'Another/1.0', ip: '198.51.100.7' });
      expect(await alerts()).toHaveLength(before + 1);
      await auth.as(here, {}, elsewhere, { userAgent: 'Another/2.1', ip: '198.51.100.99' });
      expect(await alerts()).toHaveLength(before + 1);
    });
  });
});
