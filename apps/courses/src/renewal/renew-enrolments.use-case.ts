import { Injectable } from '@nestjs/common';
import { enrolmentRenewed } from '#libs/contracts/courses';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { Deadlines } from '../reminder/deadline.repository.js';
import { Renewals } from './renewal.repository.js';
import { dueOf } from './renewal.js';

const ROUND = 200;

/**
 * Assigns anew what was completed and ends soon. The new beginning and the event that says so commit together, so each
 * begins once, wherever the work was broken off.
 */
@Injectable()
export class RenewEnrolments {
  constructor(
    private readonly renewals: Renewals,
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
    const taken = await this.renewals.take(now, ROUND);
    if (taken.length === 0) return 0;
    await this.renewals.rest(taken.filter(({ open }) => !open).map(({ enrolmentId }) => enrolmentId));
    const begun = taken.filter(({ open }) => open).map((one) => ({ ...one, dueAt: dueOf(one, now) }));
    await this.renewals.begin(begun, now);
    await this.deadlines.refresh(
      begun.map(({ enrolmentId }) => enrolmentId),
      now,
    );
    await this.events.appendAll(
      begun.map(({ enrolmentId, courseId, userId, courseTitle, certificateId, ...dates }) =>
        occurrence(enrolmentRenewed, enrolmentId, {
          ...{ enrolmentId, courseId, userId, courseTitle, certificateId, progress: 0 },
          completedAt: dates.completedAt.toISOString(),
          expiresAt: dates.expiresAt.toISOString(),
          dueAt: dates.dueAt.toISOString(),
        }),
      ),
    );
    return taken.length;
  }
}
