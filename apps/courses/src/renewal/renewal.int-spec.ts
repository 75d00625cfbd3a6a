import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userCreated } from '#libs/contracts/auth';
import { ruleInput, type RuleRenewal } from '#libs/contracts/courses';
import { EventLog, Projector } from '#libs/events';
import { newId } from '#libs/kernel';
import type { Actor } from '#libs/tenancy';
import { aUser } from '#libs/tenancy/testing';
import { aChoice, aContent, aQuiz, rightOptions } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { ShowCertificate } from '../certificate/show-certificate.use-case.js';
import { FreshReadModels } from '../freshness/fresh-read-models.js';
import { OpenLesson } from '../learning/open-lesson.use-case.js';
import { SubmitAttempt } from '../learning/submit-attempt.use-case.js';
import { tenantsWithRenewals } from '../reminder/reminder.runner.js';
import { Reports } from '../report/report.read-model.js';
import { ApplyRule } from '../rule/apply-rule.use-case.js';
import { RuleReactions } from '../rule/rule.reactions.js';
import { SaveRule } from '../rule/save-rule.use-case.js';
import { RenewEnrolments } from './renew-enrolments.use-case.js';

const DAY_MS = 86_400_000;

describe('renewal', () => {
  let academy: TestAcademy;
  const admin = aUser({ role: 'admin' });
  const question = aChoice('single', '*yes', 'no');
  const quiz = aQuiz({ questions: [question], attempts: 1 });

  beforeAll(async () => {
    academy = await testAcademy();
  });
  afterAll(() => academy.close());

  const as = <R>(work: () => Promise<R>, actor: Actor = admin) => academy.as(actor, work);
  const renew = () => as(() => academy.get(RenewEnrolments).execute());
  const enrolmentOf = async ({ id }: Actor) => {
    const [row] = await academy.rows<{
      id: string;
      status: string;
      dueAt: Date | null;
      certificateId: string | null;
    }>(
      `SELECT id, status, due_at AS "dueAt", certificate_id AS "certificateId"
         FROM courses.enrolments WHERE user_id = $1`,
      [id],
    );
    if (row === undefined) throw new Error('Nobody is enrolled.');
    return row;
  };
  const certificatesOf = (learner: Actor) =>
    as(async () => (await academy.get(ShowCertificate).mine(10, undefined)).items, learner);
  const pass = async (learner: Actor) => {
    const { id } = await enrolmentOf(learner);
    const answers = [{ questionId: question.id, optionIds: rightOptions(question) }];
    await as(() => academy.get(SubmitAttempt).execute(id, quiz.id, { answers }), learner);
  };

  /** Somebody whom a rule has assigned a course that has to be renewed. */
  async function held(renewal: RuleRenewal | null = { afterMonths: 12, noticeDays: 30 }) {
    const learner = aUser({ name: 'Sam Sample' });
    const department = newId();
    const courseId = await academy.published(aContent([quiz], { certificate: true }));
    await as(() =>
      academy.get(EventLog).append(userCreated, learner.id ?? '', {
        ...{ userId: learner.id ?? '', email: `${learner.id}@acme.example`, name: 'Sam Sample' },
        ...{ role: 'learner', status: 'active', department, team: null, managerId: null },
      }),
    );
    await as(() => academy.get(FreshReadModels).catchUp());
    const { projection } = academy.get(RuleReactions);
    await as(() => new Projector({ database: academy.shard.database }).catchUp(projection));
    const aRule = (change: object = {}) =>
      ruleInput.parse({
        ...{ name: 'Every year', match: 'all', courseIds: [courseId], renewal },
        conditions: [{ attribute: 'department', operator: 'is_one_of', values: [department] }],
        due: { kind: 'after_assignment', days: 14 },
        ...change,
      });
    const rule = await as(() => academy.get(SaveRule).create(aRule()));
    const apply = () => as(() => academy.get(ApplyRule).execute(rule.id));
    await apply();
    const replace = async (change: object, revision: string) => {
      await as(() => academy.get(SaveRule).replace(rule.id, aRule(change), revision));
      await apply();
    };
    return { learner, courseId, rule, replace };
  }

  it('says until when a completion holds, and begins anew with notice, once', async () => {
    const { learner } = await held();
    await pass(learner);
    const completed = academy.clock.now();
    const [first] = await certificatesOf(learner);
    const expires = new Date(
      Date.UTC(completed.getUTCFullYear() + 1, completed.getUTCMonth(), completed.getUTCDate() + 1) - 1000,
    );
    expect(first).toMatchObject({ status: 'valid', expiresAt: expires.toISOString() });

    academy.clock.advance(expires.getTime() - completed.getTime() - 31 * DAY_MS);
    await renew();
    expect(await enrolmentOf(learner)).toMatchObject({ status: 'completed' });
    academy.clock.advance(DAY_MS);
    await Promise.all([renew(), renew(), renew()]);
    const { id, ...begun } = await enrolmentOf(learner);
    expect(begun).toEqual({ status: 'not_started', dueAt: expires, certificateId: null });
    const renewed = await academy.rows(
      `SELECT payload FROM events.events WHERE subject = $1 AND type = 'courses.enrolment.renewed'`,
      [id],
    );
    expect(renewed).toMatchObject([
      {
        payload: { certificateId: first?.id, expiresAt: expires.toISOString(), dueAt: expires.toISOString() },
      },
    ]);
    expect(
      await academy.rows('SELECT due_at AS "dueAt" FROM courses.deadlines WHERE enrolment_id = $1', [id]),
    ).toEqual([{ dueAt: expires }]);
  });

  it('leaves the former certificate, counts tries anew, and gives another certificate', async () => {
    const { learner } = await held();
    await pass(learner);
    const { id } = await enrolmentOf(learner);
    await expect(pass(learner)).rejects.toMatchObject({ code: 'quiz.no_attempts_left' });
    academy.clock.advance(340 * DAY_MS);
    await renew();
    const view = await as(() => academy.get(OpenLesson).execute(id, quiz.id), learner);
    expect(view).toMatchObject({ quiz: { attemptsUsed: 0, passed: false } });
    await pass(learner);
    expect(await enrolmentOf(learner)).toMatchObject({ id, status: 'completed' });
    academy.clock.advance(40 * DAY_MS);
    const certificates = await certificatesOf(learner);
    expect(certificates.map(({ status }) => status)).toEqual(['valid', 'expired']);
    const report = await as(() => academy.get(Reports).learner(learner.id ?? ''));
    expect(report.courses).toMatchObject([
      {
        status: 'completed',
        earlier: [{ certificateId: certificates[1]?.id, expiresAt: certificates[1]?.expiresAt }],
      },
    ]);
  });

  it('follows the rule: longer, shorter, not at all', async () => {
    const { learner, replace } = await held(null);
    await pass(learner);
    const expiry = async () => (await certificatesOf(learner))[0]?.expiresAt ?? null;
    expect(await expiry()).toBeNull();
    await replace({ renewal: { afterMonths: 24, noticeDays: 30 } }, '1');
    const long = await expiry();
    expect(Date.parse(long ?? '') - academy.clock.now().getTime()).toBeGreaterThan(700 * DAY_MS);
    await replace({ renewal: { afterMonths: 6, noticeDays: 30 } }, '2');
    expect(Date.parse((await expiry()) ?? '')).toBeLessThan(Date.parse(long ?? ''));
    await replace({}, '3');
    expect(await expiry()).toBeNull();
    academy.clock.advance(400 * DAY_MS);
    await renew();
    expect(await enrolmentOf(learner)).toMatchObject({ status: 'completed' });
  });

  it('gives the days of the notice to who completed it long ago, and waits while the rule rests', async () => {
    const { learner, replace } = await held(null);
    await pass(learner);
    academy.clock.advance(1000 * DAY_MS);
    const renewal = { afterMonths: 12, noticeDays: 10 };
    await replace({ renewal, status: 'paused' }, '1');
    await renew();
    expect(await enrolmentOf(learner)).toMatchObject({ status: 'completed' });
    await replace({ renewal }, '2');
    await renew();
    const { status, dueAt } = await enrolmentOf(learner);
    expect(status).toBe('not_started');
    expect((dueAt?.getTime() ?? 0) - academy.clock.now().getTime()).toBeGreaterThan(9 * DAY_MS);
    // A change of the rule's own due date is not meant for it.
    await replace({ renewal, due: { kind: 'after_assignment', days: 90 } }, '3');
    expect(await enrolmentOf(learner)).toMatchObject({ dueAt });
  });

  it('wakes only tenants that have something to renew', async () => {
    const { relay, shard, tenants } = academy.shard;
    const { learner } = await held();
    await pass(learner);
    const who = async () =>
      (await relay.query<{ tenantId: string }>(shard.name, tenantsWithRenewals)).map(
        ({ tenantId }) => tenantId,
      );
    await academy.rows(
      `UPDATE courses.renewals SET notice_at = now() + interval '1 day' WHERE notice_at IS NOT NULL`,
    );
    expect(await who()).toEqual([]);
    await academy.rows(
      `UPDATE courses.renewals SET notice_at = now() - interval '1 second' WHERE notice_at IS NOT NULL`,
    );
    expect(await who()).toEqual([tenants[0]?.id]);
  });
});
