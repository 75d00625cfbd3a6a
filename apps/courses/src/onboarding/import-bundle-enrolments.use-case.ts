import { Injectable } from '@nestjs/common';
import type { EnrolmentImportResult, EnrolmentOutcome } from '#libs/contracts/courses';
import { EnrolPeople, ROUND, type WantedEnrolment } from '../enrolment/enrol-people.js';
import { EnrolmentRepository } from '../enrolment/enrolment.repository.js';
import { FindPeople } from '../person/find-people.js';
import type { Person } from '../person/person.js';

export interface BundleEnrolment {
  readonly email: string;
  /** The course's external key. */
  readonly course: string;
  readonly dueAt: string | null;
}

@Injectable()
export class ImportBundleEnrolments {
  constructor(
    private readonly findPeople: FindPeople,
    private readonly enrolments: EnrolmentRepository,
    private readonly enrolPeople: EnrolPeople,
  ) {}

  /** One outcome a row; whoever is enrolled already stays as he is. */
  async execute(rows: readonly BundleEnrolment[]): Promise<EnrolmentImportResult> {
    const people = await this.findPeople.byEmails(rows.map(({ email }) => email));
    const courses = await this.enrolments.courseIdsByKey([...new Set(rows.map(({ course }) => course))]);
    const enrolled = new Map<string, EnrolmentOutcome>();
    for (const [key, courseId] of courses) {
      const wanted = wantedIn(
        rows.filter(({ course }) => course === key),
        people,
      );
      for (let start = 0; start < wanted.length; start += ROUND) {
        const outcomes = await this.enrolPeople.execute(
          courseId,
          wanted.slice(start, start + ROUND),
          'import',
        );
        for (const [userId, { outcome }] of outcomes) enrolled.set(`${key}/${userId}`, outcome);
      }
    }
    const outcomes = rows.map(({ email, course }): EnrolmentOutcome => {
      const person = people.get(email);
      if (person === undefined) return 'unknown_person';
      if (!courses.has(course)) return 'unknown_course';
      return enrolled.get(`${course}/${person.id}`) ?? 'inactive_person';
    });
    const count = (...kinds: EnrolmentOutcome[]) =>
      outcomes.filter((outcome) => kinds.includes(outcome)).length;
    const newly = count('enrolled', 're_enrolled');
    const alreadyEnrolled = count('already_enrolled');
    return { enrolled: newly, alreadyEnrolled, failed: rows.length - newly - alreadyEnrolled, outcomes };
  }
}

function wantedIn(rows: readonly BundleEnrolment[], people: ReadonlyMap<string, Person>): WantedEnrolment[] {
  return rows.flatMap(({ email, dueAt }) => {
    const person = people.get(email);
    if (person === undefined || person.status === 'deactivated') return [];
    return [{ userId: person.id, dueAt: dueAt === null ? null : new Date(dueAt) }];
  });
}
