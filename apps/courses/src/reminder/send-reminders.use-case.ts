import { Injectable } from '@nestjs/common';
import { enrolmentDueSoon, enrolmentEscalated, enrolmentOverdue } from '#libs/contracts/courses';
import { EventLog, occurrence, type Occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { stepsDue, type Deadline, type Step } from './deadline.js';
import { Deadlines } from './deadline.repository.js';

const ROUND = 200;

/**
 * Speaks about everything that is due by now. A step and the event that says so commit together, so each is taken once,
 * wherever the work was broken off.
 */
@Injectable()
export class SendReminders {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    while ((await this.unitOfWork.run(() => this.round())) === ROUND);
  }

  private async round(): Promise<number> {
    const now = this.clock.now();
    const taken = await this.deadlines.take(now, ROUND);
    if (taken.length === 0) return 0;
    await this.deadlines.advance(taken, now);
    await this.events.appendAll(
      taken.flatMap((deadline) => stepsDue(deadline, now).map((step) => eventOf(deadline, step))),
    );
    return taken.length;
  }
}

function eventOf(deadline: Deadline, step: Step): Occurrence {
  const { enrolmentId, courseId, userId, progress, courseTitle, managerId, learnerName } = deadline;
  const place = { enrolmentId, courseId, userId, progress, courseTitle, dueAt: deadline.dueAt.toISOString() };
  switch (step.kind) {
    case 'due_soon':
      return occurrence(enrolmentDueSoon, enrolmentId, { ...place, daysLeft: step.daysLeft });
    case 'overdue':
      return occurrence(enrolmentOverdue, enrolmentId, { ...place, daysOverdue: step.daysOverdue });
    case 'escalated':
      return occurrence(enrolmentEscalated, enrolmentId, {
        ...{ ...place, managerId, learnerName },
        daysOverdue: step.daysOverdue,
      });
  }
}
