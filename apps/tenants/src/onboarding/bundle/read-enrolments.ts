import { z } from 'zod';
import type { BundleEnrolment, BundleFiles } from './bundle.js';
import { parseCsv, type CsvRow } from './csv-file.js';
import type { Issues } from './issues.js';
import { decodeText } from './text-file.js';

const ENROLMENTS_FILE = 'enrolments.csv';

const columns = { required: ['email', 'course'], optional: ['due_at'] } as const;
type Column = 'email' | 'course' | 'due_at';

const day = z.iso.date().transform((date) => `${date}T23:59:59Z`);
const dueAt = z.union([
  day,
  z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()),
]);

interface Known {
  readonly emails: ReadonlySet<string>;
  readonly courses: ReadonlySet<string>;
}

/** Reads enrolments.csv, which may be absent. */
export function readEnrolments(
  files: BundleFiles,
  used: Set<string>,
  known: Known,
  issues: Issues,
): BundleEnrolment[] {
  const bytes = files.get(ENROLMENTS_FILE);
  if (bytes === undefined) return [];
  used.add(ENROLMENTS_FILE);
  const text = decodeText(ENROLMENTS_FILE, bytes, issues);
  if (text === null) return [];
  const first = new Map<string, number>();
  return parseCsv<Column>(ENROLMENTS_FILE, text, columns, issues).map((row) => {
    const enrolment = readEnrolment(row, known, issues);
    const key = `${enrolment.email} ${enrolment.course}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row.line);
    else {
      issues.add(ENROLMENTS_FILE, row.cells.email, {
        code: 'enrolment_twice',
        detail: `${enrolment.email} is enrolled in "${enrolment.course}" in line ${earlier} already.`,
        help: 'Remove one of the rows.',
      });
    }
    return enrolment;
  });
}

function readEnrolment({ cells }: CsvRow<Column>, known: Known, issues: Issues): BundleEnrolment {
  const email = cells.email.text.toLowerCase();
  if (!known.emails.has(email)) {
    issues.add(ENROLMENTS_FILE, cells.email, {
      code: 'user_unknown',
      detail: email === '' ? 'The email is missing.' : `${email} is not in users.csv.`,
      help: 'Add the person to users.csv, or correct the address.',
    });
  }
  const course = cells.course.text;
  if (!known.courses.has(course)) {
    issues.add(ENROLMENTS_FILE, cells.course, {
      code: 'course_unknown',
      detail: course === '' ? 'The course is missing.' : `There is no course folder "${course}".`,
      help: `Use the name of a folder in courses/: ${[...known.courses].sort().slice(0, 20).join(', ') || 'there is none'}.`,
    });
  }
  return { email, course, dueAt: readDueAt(cells.due_at, issues) };
}

function readDueAt(cell: CsvRow<Column>['cells']['due_at'], issues: Issues): string | null {
  if (cell.text === '') return null;
  const result = dueAt.safeParse(cell.text);
  if (result.success) return result.data;
  issues.add(ENROLMENTS_FILE, cell, {
    code: 'date_invalid',
    detail: `"${cell.text}" is not a date.`,
    help: 'Write 2026-12-31 or 2026-12-31T17:00:00Z.',
  });
  return null;
}
