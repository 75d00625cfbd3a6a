import { describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeDeadlines } from '../reminder/deadline.fake-repository.js';
import { RenewEnrolments } from './renew-enrolments.use-case.js';
import { FakeRenewals } from './renewal.fake-repository.js';
import { dueOf, type Renewal } from './renewal.js';

const expiresAt = new Date('2026-06-30T23:59:59Z');

describe(dueOf, () => {
  it('is the day that the completion ends', () => {
    expect(dueOf({ expiresAt, noticeDays: 30 }, new Date('2026-05-31T08:00:00Z'))).toEqual(expiresAt);
  });

  it('leaves the days of the notice to who is told late', () => {
    expect(dueOf({ expiresAt, noticeDays: 14 }, new Date('2026-07-10T12:00:00Z'))).toEqual(
      new Date('2026-07-24T23:59:59Z'),
    );
  });
});

describe(RenewEnrolments.name, () => {
  function aRenewal(overrides: Partial<Renewal> = {}): Renewal {
    return {
      ...{ enrolmentId: newId(), courseId: newId(), userId: newId(), courseTitle: 'Fire safety' },
      ...{ certificateId: newId(), completedAt: new Date('2025-06-30T10:00:00Z'), expiresAt },
      ...{ noticeDays: 30, open: true },
      ...overrides,
    };
  }
  function aRenewer(...waiting: readonly Renewal[]) {
    const [renewals, events] = [new FakeRenewals(waiting), new FakeEventLog()];
    const clock = new FixedClock(Date.UTC(2026, 4, 31, 8));
    const renew = new RenewEnrolments(renewals, new FakeDeadlines(), events, new FakeUnitOfWork(), clock);
    return { renewals, events, renew };
  }

  it('begins each anew once, and says until when', async () => {
    const renewal = aRenewal();
    const { renewals, events, renew } = aRenewer(renewal);
    await renew.execute();
    await renew.execute();
    expect(renewals.begun).toEqual([renewal.enrolmentId]);
    expect(events.types).toEqual(['courses.enrolment.renewed']);
    expect(events.appended[0]?.payload).toMatchObject({
      ...{ progress: 0, certificateId: renewal.certificateId },
      ...{ expiresAt: expiresAt.toISOString(), dueAt: expiresAt.toISOString() },
    });
  });

  it('lets rest what cannot be taken now', async () => {
    const renewal = aRenewal({ open: false });
    const { renewals, events, renew } = aRenewer(renewal);
    await renew.execute();
    expect(renewals.begun).toEqual([]);
    expect(events.types).toEqual([]);
  });
});
