import { Injectable } from '@nestjs/common';
import type { AssignmentResult } from '#libs/contracts/courses';
import { PersonRepository } from '../person/person.repository.js';
import { EnrolPeople } from './enrol-people.js';

@Injectable()
export class AssignCourse {
  constructor(
    private readonly people: PersonRepository,
    private readonly enrolPeople: EnrolPeople,
  ) {}

  /** Whoever can be enrolled is; the others are told apart. */
  async execute(courseId: string, userIds: readonly string[], dueAt: Date | null): Promise<AssignmentResult> {
    const people = new Map((await this.people.byIds(userIds)).map((person) => [person.id, person]));
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
