import { Injectable } from '@nestjs/common';
import type { CsvAssignmentResult, EnrolmentOutcome } from '#libs/contracts/courses';
import { CourseNotFound } from '../course/course.errors.js';
import { FindPeople } from '../person/find-people.js';
import type { Person } from '../person/person.js';
import { EnrolPeople, ROUND } from './enrol-people.js';
import { parseEnrolmentCsv, type CsvRow } from './enrolment-csv.js';
import { EnrolmentRepository } from './enrolment.repository.js';

type Outcome = CsvAssignmentResult['outcomes'][number];
type RightRow = Extract<CsvRow, { fault: null }>;

const details: Partial<Record<EnrolmentOutcome, string>> = {
  unknown_person: 'Nobody here has this e-mail address.',
  inactive_person: 'This account is deactivated.',
};

@Injectable()
export class AssignByCsv {
  constructor(
    private readonly findPeople: FindPeople,
    private readonly enrolments: EnrolmentRepository,
    private readonly enrolPeople: EnrolPeople,
  ) {}

  /** One outcome a row; rows stand for themselves, so one that is wrong keeps no other out. */
  async execute(courseId: string, csv: Uint8Array, dryRun: boolean): Promise<CsvAssignmentResult> {
    const rows = parseEnrolmentCsv(csv);
    if (!(await this.enrolments.holdOpenCourse(courseId))) throw new CourseNotFound();
    const outcomes: Outcome[] = [];
    for (let start = 0; start < rows.length; start += ROUND) {
      outcomes.push(...(await this.round(courseId, rows.slice(start, start + ROUND), dryRun)));
    }
    const count = (...kinds: EnrolmentOutcome[]) =>
      outcomes.filter(({ outcome }) => kinds.includes(outcome)).length;
    return {
      dryRun,
      rows: rows.length,
      enrolled: count('enrolled', 're_enrolled'),
      alreadyEnrolled: count('already_enrolled'),
      failed: count('unknown_person', 'inactive_person', 'invalid'),
      outcomes,
    };
  }

  private async round(courseId: string, rows: readonly CsvRow[], dryRun: boolean): Promise<Outcome[]> {
    const right = rows.filter((row): row is RightRow => row.fault === null);
    const people = await this.findPeople.byEmails(right.map(({ email }) => email));
    const wanted = right.flatMap(({ email, dueAt }) => {
      const person = people.get(email);
      return person === undefined || person.status === 'deactivated' ? [] : [{ userId: person.id, dueAt }];
    });
    const done = dryRun
      ? await this.foresee(courseId, wanted)
      : new Map(
          [...(await this.enrolPeople.execute(courseId, wanted, 'csv'))].map(([id, { outcome }]) => [
            id,
            outcome,
          ]),
        );
    return rows.map((row) => outcomeOf(row, people, done));
  }

  private async foresee(courseId: string, wanted: readonly { readonly userId: string }[]) {
    const userIds = wanted.map(({ userId }) => userId);
    const enrolled = new Set(
      (await this.enrolments.ofLearners(courseId, userIds)).map(({ userId }) => userId),
    );
    return new Map<string, EnrolmentOutcome>(
      userIds.map((id) => [id, enrolled.has(id) ? 'already_enrolled' : 'enrolled']),
    );
  }
}

function outcomeOf(
  row: CsvRow,
  people: ReadonlyMap<string, Person>,
  done: ReadonlyMap<string, EnrolmentOutcome>,
): Outcome {
  const { line, email, fault } = row;
  if (fault !== null) return { line, email, outcome: 'invalid', ...fault };
  const person = people.get(email);
  const outcome =
    person === undefined ? 'unknown_person' : (done.get(person.id) ?? ('inactive_person' as const));
  return { line, email, column: null, outcome, detail: details[outcome] ?? null };
}
