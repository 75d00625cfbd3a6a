import { describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeDeadlines } from './deadline.fake-repository.js';
import { stepAt, stepsDue, type Deadline } from './deadline.js';
import { SendReminders } from './send-reminders.use-case.js';

const dueAt = new Date('2026-03-20T23:59:59Z');

function aDeadline(overrides: Partial<Deadline> = {}): Deadline {
  return {
    ...{ enrolmentId: newId(), courseId: newId(), userId: newId(), courseTitle: 'Fire safety' },
    ...{ learnerName: 'Lea', managerId: newId(), progress: 0, dueAt, open: true },
    ...{ reminders: [-7, -1, 1], escalateAfterDays: 7, nextAt: stepAt(dueAt, -7) },
    ...overrides,
  };
}

describe(stepsDue, () => {
  it('says how many days are left, or gone', () => {
    expect(stepsDue(aDeadline(), new Date('2026-03-13T08:00:00Z'))).toEqual([
      { kind: 'due_soon', daysLeft: 7 },
    ]);
    const after = aDeadline({ nextAt: stepAt(dueAt, 1) });
    expect(stepsDue(after, new Date('2026-03-21T09:00:00Z'))).toEqual([{ kind: 'overdue', daysOverdue: 1 }]);
  });

  it('reminds once where several steps were slept through, and still tells the manager', () => {
    expect(stepsDue(aDeadline(), new Date('2026-03-30T00:00:00Z'))).toEqual([
      { kind: 'overdue', daysOverdue: 10 },
      { kind: 'escalated', daysOverdue: 10 },
    ]);
  });

  it('has nothing to say before its time, or about what is done', () => {
    expect(stepsDue(aDeadline(), new Date('2026-03-13T07:59:59Z'))).toEqual([]);
    expect(stepsDue(aDeadline({ open: false }), new Date('2026-03-30T00:00:00Z'))).toEqual([]);
  });
});

describe(SendReminders.name, () => {
  it('takes each step once, to the last', async () => {
    const deadlines = new FakeDeadlines();
    const events = new FakeEventLog();
    const clock = new FixedClock(Date.UTC(2026, 2, 12));
    const reminders = new SendReminders(deadlines, events, new FakeUnitOfWork(), clock);
    const deadline = aDeadline();
    deadlines.waiting.set(deadline.enrolmentId, deadline);
    for (let hour = 0; hour < 24 * 20; hour += 1) {
      await reminders.execute();
      clock.advance(3_600_000);
    }
    expect(events.types).toEqual([
      'courses.enrolment.due_soon',
      'courses.enrolment.due_soon',
      'courses.enrolment.overdue',
      'courses.enrolment.escalated',
    ]);
    expect(events.appended[3]?.payload).toMatchObject({ managerId: deadline.managerId, learnerName: 'Lea' });
    expect(deadlines.waiting.size).toBe(0);
  });
});
