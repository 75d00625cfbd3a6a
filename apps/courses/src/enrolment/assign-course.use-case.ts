import { Injectable } from '@nestjs/common';
import type { AssignmentResult } from '#libs/contracts/courses';
import { FindPeople } from '../person/find-people.js';
import { EnrolPeople } from './enrol-people.js';

@Injectable()
export class AssignCourse {
  constructor(
    private readonly findPeople: FindPeople,
    private readonly enrolPeople: EnrolPeople,
  ) {}

  /** Whoever can be enrolled is; the others are told apart. */
  async execute(courseId: string, userIds: readonly string[], dueAt: Date | null): Promise<AssignmentResult> {
    const people = await this.findPeople.byIds(userIds);
    const wanted = userIds.filter((id) => people.get(id)?.status !== 'deactivated' && people.has(id));
    const enrolled = await this.enrolPeople.execute(
      courseId,
      wanted.map((userId) => ({ userId, dueAt })),
      'assigned',
    );
    return {
      outcomes: userIds.map((userId) => {
        const done = enrolled.get(userId);
        if (done !== undefined) return { userId, outcome: done.outcome, enrolmentId: done.enrolment.id };
        return {
          userId,
          outcome: people.has(userId) ? 'inactive_person' : 'unknown_person',
          enrolmentId: null,
        };
      }),
    };
  }
}
