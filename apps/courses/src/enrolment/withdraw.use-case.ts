import { Injectable } from '@nestjs/common';
import { enrolmentWithdrawn } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { learnerOf, type Enrolment } from './enrolment.js';
import { EnrolmentAssigned, EnrolmentCompleted, EnrolmentNotFound } from './enrolment.errors.js';
import { EnrolmentRepository } from './enrolment.repository.js';

/** Progress stays, for whoever comes back. */
@Injectable()
export class Withdraw {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The learner leaves what he chose himself. */
  async myself(enrolmentId: string): Promise<void> {
    const userId = requireUserId();
    await this.execute(enrolmentId, (enrolment) => {
      if (enrolment.userId !== userId) throw new EnrolmentNotFound();
      if (enrolment.source !== 'self') throw new EnrolmentAssigned();
    });
  }

  /** A manager takes somebody out. */
  async learner(courseId: string, enrolmentId: string): Promise<void> {
    await this.execute(enrolmentId, (enrolment) => {
      if (enrolment.courseId !== courseId) throw new EnrolmentNotFound();
    });
  }

  private async execute(enrolmentId: string, allow: (enrolment: Enrolment) => void): Promise<void> {
    await this.unitOfWork.run(async () => {
      const enrolment = await this.enrolments.lock(enrolmentId);
      if (enrolment === null || enrolment.status === 'withdrawn') throw new EnrolmentNotFound();
      allow(enrolment);
      if (enrolment.status === 'completed') throw new EnrolmentCompleted();
      await this.enrolments.withdraw(enrolmentId);
      await this.events.append(enrolmentWithdrawn, enrolmentId, learnerOf(enrolment));
    });
  }
}
