import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { SecondStep } from '#libs/contracts/auth';
import { Secret } from 'otpauth';
import {
  actorOf,
  anInvited,
  aPerson,
  codeOf,
  eventsOf,
  PASSWORD,
  setPolicy,
  SignInLab,
} from '../../testing/index.js';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import type { Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { ShowAttempts } from '../connection/show-attempts.use-case.js';
import { TestConnection } from '../connection/test-connection.use-case.js';
import { AddEmailDomain } from '../email-domain/add-email-domain.use-case.js';
import { NameServers } from '../email-domain/name-servers.js';
import { proofOf } from '../email-domain/email-domain.js';
import { VerifyEmailDomain } from '../email-domain/verify-email-domain.use-case.js';
import { ChangeEnforcement } from '../enforcement/change-enforcement.use-case.js';
import { EnrolInSecondStep } from '../factor/enrol-in-second-step.use-case.js';
import { SecondStepRequired } from '../factor/factor.errors.js';
import { totpCode } from '../factor/totp.js';
import { LogIn } from '../session/log-in.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import { GetUser } from '../user/get-user.use-case.js';
import { ShowSignInOptions } from './show-sign-in-options.use-case.js';
import { StartSignIn } from './start-sign-in.use-case.js';

describe('signing in by a provider', () => {
  let lab: SignInLab;
  let connection: Connection;

  beforeAll(async () => {
    lab = await SignInLab.open();
    connection = await lab.connection();
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });

  const enter = async (email: string, subject = email, through = connection, more = {}) => {
    const attributes = { email: [email], name: ['Somebody'], ...more };
    const said = { ...(await lab.said(through)), subject, attributes };
    return (await lab.finish(await lab.respond(through, said))).signIn;
  };
  const password = (email: string) => lab.nobody(() => lab.auth.get(LogIn).execute(email, PASSWORD));
  const refresh = (token: string) => lab.nobody(() => lab.auth.get(RefreshSession).execute(token));

  it('keeps secrets where nobody can read them, and shows none', async () => {
    const oidc = await lab.connection({}, 'oidc');
    const rows = await lab.nobody(() =>
      lab.auth.shard.database.query<{ row: string }>('SELECT c::text AS row FROM auth.connections c'),
    );
    const text = rows.map(({ row }) => row).join();
    const hex = Buffer.from(lab.op.clientSecret).toString('hex');
    expect([text.includes(lab.op.clientSecret), text.includes(hex), text.includes('PRIVATE KEY')]).toEqual([
      false,
      false,
      false,
    ]);
    const { clientSecret } = await lab.nobody(() => lab.auth.get(ConnectionRepository).secretsOf(oidc.id));
    expect(clientSecret).toBe(lab.op.clientSecret);
  });

  it('knows people again by their subject, whatever their address is now', async () => {
    const first = await enter('ann@acme.example', 'ann');
    const again = await enter('ann.other@acme.example', 'ann');
    expect([again.user.id, again.user.email]).toEqual([first.user.id, 'ann@acme.example']);
  });

  it('makes one person of two first sign-ins at once', async () => {
    for (const twin of Array.from({ length: 12 }, (_, n) => `twin-${n}@acme.example`)) {
      const all = await Promise.all(Array.from({ length: 3 }, () => enter(twin)));
      expect(new Set(all.map(({ user }) => user.id)).size).toBe(1);
    }
  });

  it('follows groups to roles and teams, ends what a lesser role may not have, and leaves owners alone', async () => {
    const rules = [{ value: 'trainers', role: 'instructor', team: 'Trainers' }];
    const ruled = await lab.connection({ provisioning: { rules } });
    const trainer = await enter('trainer@acme.example', 'trainer', ruled, { groups: ['trainers'] });
    expect(trainer.user).toMatchObject({ role: 'instructor', team: 'Trainers' });
    const learner = await enter('trainer@acme.example', 'trainer', ruled, { groups: ['none'] });
    expect(learner.user).toMatchObject({ role: 'learner', team: null });
    expect(await codeOf(refresh(trainer.refreshToken))).toBe('auth.session_ended');
  });

  it('links an address that is here already within a domain that the academy has proved, and nowhere else', async () => {
    const invited = await lab.owner(() => anInvited(lab.auth, lab.here));
    const settled = await lab.respond(connection, {
      ...(await lab.said(connection)),
      subject: 'i-1',
      attributes: { email: [invited.email] },
    });
    await expect(lab.finish(settled)).rejects.toMatchObject({ reason: 'domain_not_verified' });

    const domain = await lab.owner(() =>
      lab.auth.get(AddEmailDomain).execute({ domain: 'acme.example', connectionId: connection.id }),
    );
    const proof = proofOf(lab.here.id, domain);
    const names = jest.spyOn(lab.auth.get(NameServers), 'txt');
    const verify = () => lab.owner(() => lab.auth.get(VerifyEmailDomain).execute('acme.example'));
    names.mockResolvedValue([proofOf(lab.there.id, domain).value]);
    expect(await codeOf(verify())).toBe('email_domain.unproved');
    names.mockResolvedValue(['something else', proof.value]);
    expect(await verify()).toMatchObject({ verifiedAt: lab.now });

    const { user } = await enter(invited.email, 'i-1');
    expect([user.id, user.status]).toEqual([invited.id, 'active']);
    // Who has the address of somebody who left is somebody else.
    await expect(enter(invited.email, 'i-2')).rejects.toMatchObject({ reason: 'linked_to_another' });
  });

  it('leads addresses of the domain to the connection, whoever they are', async () => {
    const ask = (email: string) => lab.nobody(() => lab.auth.get(ShowSignInOptions).forAddress(email));
    const known = await ask('ann@acme.example');
    expect(known.connection?.id).toBe(connection.id);
    expect(await ask('nobody-at-all@acme.example')).toEqual(known);
    expect((await ask('ann@elsewhere.example')).connection).toBeNull();
  });

  it('refuses domains that everybody has', async () => {
    const add = () => lab.auth.get(AddEmailDomain).execute({ domain: 'gmail.com', connectionId: null });
    expect(await codeOf(lab.owner(add))).toBe('email_domain.public');
  });

  it('tests without signing anybody in, and shows what was wrong', async () => {
    const draft = await lab.connection();
    const run = async (change: object) => {
      const url = new URL(await lab.owner(() => lab.auth.get(TestConnection).execute(draft.id)));
      const asked = {
        connectionId: draft.id,
        origin: draft.origin,
        returnTo: undefined,
        browserToken: 'b'.repeat(43),
      };
      const test = url.searchParams.get('test') ?? '';
      const start = () => lab.auth.get(StartSignIn).execute({ ...asked, test });
      const question = new URL(await lab.nobody(start));
      await expect(lab.nobody(start)).rejects.toMatchObject({ reason: 'test_unknown' });
      const settled = await lab.respond(draft, {
        ...lab.saidTo(draft),
        inResponseTo: lab.requestIdOf(question),
        ...change,
      });
      expect(settled.kind).toBe('tested');
      const id = settled.kind === 'tested' ? settled.attemptId : '';
      return lab.owner(() => lab.auth.get(ShowAttempts).one(draft.id, id));
    };
    expect(await run({ audience: 'https://wrong.example' })).toMatchObject({
      outcome: 'refused',
      reason: 'audience',
    });
    const good = await run({});
    expect(good).toMatchObject({ outcome: 'succeeded', reason: null, person: { email: 'ann@acme.example' } });
    expect(good.raw).toContain('<saml:Assertion');
    expect(good.raw).not.toMatch(/<SignatureValue>[A-Za-z0-9+/]/);
  });

  it('reads what is encrypted for a key of before a rotation, until the next one', async () => {
    const rotated = await lab.connection();
    const [old = ''] = rotated.certificates;
    const rotate = () => lab.owner(() => lab.auth.get(ChangeConnectionState).rotateKey(rotated.id));
    const signing = { parts: 'assertion', encryptFor: old } as const;
    await rotate();
    expect((await lab.respond(rotated, await lab.said(rotated), signing)).kind).toBe('handoff');
    await rotate();
    expect((await lab.respond(rotated, await lab.said(rotated), signing)).kind).toBe('refused');
  });

  it('ends the sessions of a connection that is disabled, and is not offered any more', async () => {
    const closing = await lab.connection();
    const { refreshToken } = await enter('closing@acme.example', 'closing', closing);
    await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(closing.id));
    expect(await codeOf(refresh(refreshToken))).toBe('auth.session_ended');
    const { connections } = await lab.nobody(() => lab.auth.get(ShowSignInOptions).all());
    expect(connections.map(({ id }) => id)).not.toContain(closing.id);
  });

  describe('with a second step of our own', () => {
    const stepOf = async (through: Connection, subject: string): Promise<SecondStep> => {
      const error = await enter(`${subject}@acme.example`, subject, through).catch(
        (thrown: unknown) => thrown,
      );
      if (error instanceof SecondStepRequired) return error.step;
      throw new Error('No second step was asked for.', { cause: error });
    };
    const enrol = (step: SecondStep) =>
      lab.nobody(async () => {
        const enrolling = lab.auth.get(EnrolInSecondStep);
        const { secret } = await enrolling.beginTotp(step.challengeId);
        const code = totpCode(Buffer.from(Secret.fromBase32(secret).bytes), lab.now);
        const answer = { method: 'totp', challengeId: step.challengeId, code } as const;
        const site = { scheme: 'https', host: 'tenant-1.harka.test' } as const;
        return enrolling.execute({ ...answer, delivery: 'cookies' }, site);
      });
    beforeAll(async () => {
      await setPolicy(lab.auth, lab.here, { mfa: 'all', mfaAfterSso: true });
    });
    afterAll(async () => {
      await setPolicy(lab.auth, lab.here, {});
    });

    it('ends the session with that of the provider all the same, and says in the trace how far it got', async () => {
      const stepped = await lab.connection();
      const step = await stepOf(stepped, 'stepped');
      const { items } = await lab.owner(() => lab.auth.get(ShowAttempts).page(stepped.id, 1, undefined));
      expect(items).toMatchObject([{ outcome: 'succeeded', reason: 'second_step' }]);
      const { signIn } = await enrol(step);
      await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(stepped.id));
      expect(await codeOf(refresh(signIn.refreshToken))).toBe('auth.session_ended');
    });

    it('lets nobody finish it whose connection was closed in between', async () => {
      const closed = await lab.connection();
      const step = await stepOf(closed, 'late');
      await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(closed.id));
      expect(await codeOf(enrol(step))).toBe('auth.sso_refused');
    });
  });

  it('closes the door of passwords only behind somebody who came in by the other, and keeps one open', async () => {
    const [owner, author] = [
      await aPerson(lab.auth, lab.here, 'owner'),
      await aPerson(lab.auth, lab.here, 'author'),
    ];
    const enforce = (breakGlassUserIds: string[], enforced = true) =>
      lab.auth.as(lab.here, actorOf(owner.user, owner.sessionId), () =>
        lab.auth.get(ChangeEnforcement).execute({ enforced, breakGlassUserIds }),
      );
    expect(await codeOf(enforce([owner.user.id]))).toBe('sign_in_enforcement.not_tested');
    await lab.nobody(async () => {
      const repository = lab.auth.get(ConnectionRepository);
      const now = await repository.byId(connection.id);
      if (now !== null) await repository.save({ ...now, testedBy: owner.user.id });
    });
    expect(await codeOf(enforce([author.user.id]))).toBe('sign_in_enforcement.no_break_glass');
    await enforce([owner.user.id]);

    expect(await codeOf(refresh(author.refreshToken))).toBe('auth.session_ended');
    expect(await codeOf(password(author.user.email))).toBe('auth.sso_required');
    expect((await password(owner.user.email)).user.id).toBe(owner.user.id);
    expect((await eventsOf(lab.auth, lab.here)).map(({ type }) => type)).toContain('auth.break_glass.used');
    expect((await enter(author.user.email, 'author')).user.id).toBe(author.user.id);
    expect(await lab.nobody(() => lab.auth.get(ShowSignInOptions).all())).toMatchObject({ password: false });
    // A plan without connections locks nobody out.
    const small = { ...lab.here, plan: 'starter' } as const;
    const login = () => lab.auth.get(LogIn).execute(author.user.email, PASSWORD);
    expect((await lab.nobody(login, small)).user.id).toBe(author.user.id);
    await enforce([owner.user.id], false);
    expect((await password(author.user.email)).user.id).toBe(author.user.id);
    expect((await lab.nobody(() => lab.auth.get(GetUser).execute(author.user.id))).status).toBe('active');
  });
});
