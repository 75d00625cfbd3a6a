import { describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aUser, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeDeadlines } from '../reminder/deadline.fake-repository.js';
import { EnrolMyself } from './enrol-myself.use-case.js';
import { EnrolPeople } from './enrol-people.js';
import { FakeEnrolmentRepository } from './enrolment.fake-repository.js';
import { Withdraw } from './withdraw.use-case.js';

function aDesk() {
  const enrolments = new FakeEnrolmentRepository();
  const events = new FakeEventLog();
  const unitOfWork = new FakeUnitOfWork();
  const enrolPeople = new EnrolPeople(enrolments, new FakeDeadlines(), events, unitOfWork, new FixedClock());
  const courseId = newId();
  enrolments.open.set(courseId, { version: 3, lessons: [newId(), newId()], externalKey: null });
  const learner = aUser();
  return {
    ...{ enrolments, events, enrolPeople, courseId, learner },
    enrolMyself: new EnrolMyself(enrolPeople),
    withdraw: new Withdraw(enrolments, events, unitOfWork),
    as: <R>(work: () => Promise<R>, actor = learner) => runInContext(aContext({ actor }), work),
  };
}

describe(EnrolMyself.name, () => {
  it('enrols on the newest version', async () => {
    const { as, enrolMyself, courseId, events, learner } = aDesk();
    const enrolment = await as(() => enrolMyself.execute(courseId));
    expect(enrolment).toMatchObject({ version: 3, source: 'self', status: 'not_started', lessonsTotal: 2 });
    expect(events.appended).toMatchObject([
      { type: 'courses.enrolment.created', payload: { userId: learner.id, progress: 0, source: 'self' } },
    ]);
  });

  it('enrols once and names the enrolment that is there', async () => {
    const { as, enrolMyself, courseId } = aDesk();
    const { id } = await as(() => enrolMyself.execute(courseId));
    await expect(as(() => enrolMyself.execute(courseId))).rejects.toMatchObject({
      code: 'enrolment.already_enrolled',
      details: { enrolmentId: id },
    });
  });

  it('takes back who had withdrawn, in the same enrolment', async () => {
    const { as, enrolMyself, withdraw, courseId, events } = aDesk();
    const { id } = await as(() => enrolMyself.execute(courseId));
    await as(() => withdraw.myself(id));
    expect(await as(() => enrolMyself.execute(courseId))).toMatchObject({ id, status: 'not_started' });
    expect(events.types).toEqual([
      'courses.enrolment.created',
      'courses.enrolment.withdrawn',
      'courses.enrolment.created',
    ]);
  });

  it('knows no course that is not open, and no caller who is not a person', async () => {
    const { as, enrolMyself, courseId } = aDesk();
    await expect(as(() => enrolMyself.execute(newId()))).rejects.toMatchObject({ code: 'course.not_found' });
    const key = aUser({ kind: 'api_key' });
    await expect(as(() => enrolMyself.execute(courseId), key)).rejects.toMatchObject({
      code: 'auth.sign_in_required',
    });
  });
});

describe(EnrolPeople.name, () => {
  it('takes somebody who is named twice once', async () => {
    const { as, enrolPeople, courseId, events } = aDesk();
    const userId = newId();
    const wanted = [
      { userId, dueAt: null },
      { userId, dueAt: new Date('2026-06-30T00:00:00Z') },
    ];
    const outcomes = await as(() => enrolPeople.execute(courseId, wanted, 'assigned'));
    expect(outcomes.get(userId)).toMatchObject({
      outcome: 'enrolled',
      enrolment: { dueAt: wanted[1]?.dueAt },
    });
    expect(events.types).toEqual(['courses.enrolment.created', 'courses.enrolment.assigned']);
  });

  it('gives a due date to who is there already, with an event', async () => {
    const { as, enrolPeople, enrolMyself, courseId, events, learner } = aDesk();
    await as(() => enrolMyself.execute(courseId));
    const dueAt = new Date('2026-06-30T00:00:00Z');
    const outcomes = await as(() =>
      enrolPeople.execute(courseId, [{ userId: learner.id ?? '', dueAt }], 'assigned'),
    );
    expect(outcomes.get(learner.id ?? '')).toMatchObject({
      outcome: 'already_enrolled',
      enrolment: { dueAt, source: 'self' },
    });
    expect(events.types.at(-1)).toBe('courses.enrolment.rescheduled');
  });
});

describe(Withdraw.name, () => {
  it('lets a learner leave only his own and only what he chose', async () => {
    const { as, enrolPeople, enrolMyself, withdraw, courseId, learner } = aDesk();
    const { id } = await as(() => enrolMyself.execute(courseId));
    await expect(as(() => withdraw.myself(id), aUser())).rejects.toMatchObject({
      code: 'enrolment.not_found',
    });
    const other = aUser();
    const assigned = await as(() =>
      enrolPeople.execute(courseId, [{ userId: other.id ?? '', dueAt: null }], 'assigned'),
    );
    const theirs = assigned.get(other.id ?? '')?.enrolment.id ?? '';
    await expect(as(() => withdraw.myself(theirs), other)).rejects.toMatchObject({
      code: 'enrolment.assigned',
    });
    await expect(as(() => withdraw.learner(courseId, theirs), learner)).resolves.toBeUndefined();
  });
});
