import { Injectable } from '@nestjs/common';
import { requireUserId } from '#libs/tenancy';
import { EnrolPeople } from './enrol-people.js';
import type { Enrolment } from './enrolment.js';
import { AlreadyEnrolled, EnrolmentNotFound } from './enrolment.errors.js';

@Injectable()
export class EnrolMyself {
  constructor(private readonly enrolPeople: EnrolPeople) {}

  async execute(courseId: string): Promise<Enrolment> {
    const userId = requireUserId();
    const outcomes = await this.enrolPeople.execute(courseId, [{ userId, dueAt: null }], 'self');
    const mine = outcomes.get(userId);
    if (mine === undefined) throw new EnrolmentNotFound();
    if (mine.outcome === 'already_enrolled') throw new AlreadyEnrolled(mine.enrolment.id);
    return mine.enrolment;
  }
}
