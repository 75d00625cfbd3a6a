import { roles, type Role } from '#libs/contracts';
import {
  peopleRow,
  type OutcomeCounts,
  type PeopleColumn,
  type PeopleImport as PeopleImportView,
  type PeopleImportState,
  type PeopleOutcome,
  type PeopleRow,
} from '#libs/contracts/auth';
import type { Actor } from '#libs/tenancy';

/** A list of people on its way into the academy. */
export interface PeopleImport {
  readonly id: string;
  readonly fileName: string;
  readonly header: readonly PeopleColumn[];
  readonly state: PeopleImportState;
  readonly rows: number;
  readonly checked: OutcomeCounts;
  readonly applied: OutcomeCounts;
  readonly invitations: 'none' | 'new';
  readonly invited: number;
  /** When it was checked; null without limit. */
  readonly freeSeats: number | null;
  readonly actorKind: Actor['kind'];
  readonly actorId: string | null;
  readonly actorName: string | null;
  /** Of the links in the mails that may be asked for. */
  readonly origin: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** One row as it stands in the file. */
export interface GivenRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is known of the person that a row is about. */
export interface KnownPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: 'invited' | 'active' | 'deactivated';
  readonly team: string | null;
  readonly department: string | null;
  readonly managerId: string | null;
  readonly managerEmail: string | null;
}

export interface Fault {
  readonly code: string;
  readonly detail: string;
}

/** What is to become of a row. */
export interface Verdict {
  readonly line: number;
  readonly outcome: PeopleOutcome;
  readonly fault: Fault | null;
  readonly changes: readonly string[];
  /** Who is meant, where the row can be read. */
  readonly row: PeopleRow | null;
  readonly known: KnownPerson | null;
}

export const NO_OUTCOMES: OutcomeCounts = { created: 0, updated: 0, unchanged: 0, failed: 0 };

/** Cells that a spreadsheet would take for a formula are written with a quote before them; it is no part of the text. */
const guarded = /^'(?=[=+\-@\t\r])/;

export function cellText(cell: string): string {
  return cell.replace(guarded, '').trim();
}

const words: Readonly<Record<string, Fault>> = {
  email: { code: 'user_import.email_invalid', detail: 'The e-mail address is not valid.' },
  name: {
    code: 'user_import.name_invalid',
    detail: 'The name has 1 to 200 characters, none of them control characters.',
  },
  role: { code: 'user_import.role_unknown', detail: `The role is none of ${roles.join(', ')}.` },
  team: { code: 'user_import.team_invalid', detail: 'The name of a team has at most 100 characters.' },
  department: {
    code: 'user_import.department_invalid',
    detail: 'The name of a department has at most 100 characters.',
  },
  managerEmail: { code: 'user_import.manager_invalid', detail: 'The manager’s e-mail address is not valid.' },
};
const unreadable: Fault = { code: 'user_import.row_invalid', detail: 'The row cannot be read.' };

/** Reads one row; an empty cell takes team, department and manager away and says nothing about name and role. */
export function readRow(header: readonly PeopleColumn[], { cells }: GivenRow): PeopleRow | Fault {
  if (cells.length !== header.length) {
    const detail = `The row has ${cells.length} fields, the header ${header.length}.`;
    return { code: 'user_import.field_count', detail };
  }
  const texts = Object.fromEntries(header.map((column, index) => [column, cellText(cells[index] ?? '')]));
  const email = texts['email'] ?? '';
  if (email === '') return { code: 'user_import.email_missing', detail: 'There is no e-mail address.' };
  const optional = (text: string | undefined) => (text === undefined || text === '' ? undefined : text);
  const removable = (text: string | undefined) => (text === '' ? null : text);
  const parsed = peopleRow.safeParse({
    email,
    name: optional(texts['name']),
    role: optional(texts['role'])?.toLowerCase(),
    team: removable(texts['team']),
    department: removable(texts['department']),
    managerEmail: removable(texts['manager_email']),
  });
  if (parsed.success) return parsed.data;
  return words[String(parsed.error.issues[0]?.path[0])] ?? unreadable;
}

export function isFault(read: PeopleRow | Fault): read is Fault {
  return 'code' in read;
}

/** The fields in which a row differs from what is known. */
export function changesOf(row: PeopleRow, known: KnownPerson): string[] {
  const differs = <T>(given: T | undefined, now: T) => given !== undefined && given !== now;
  return [
    ...(differs(row.name, known.name) ? ['name'] : []),
    ...(differs(row.role, known.role) ? ['role'] : []),
    ...(differs(row.team?.toLowerCase() ?? row.team, known.team?.toLowerCase() ?? null) ? ['team'] : []),
    ...(differs(row.department, known.department) ? ['department'] : []),
    ...(differs(row.managerEmail, known.managerEmail) ? ['manager'] : []),
  ];
}

export function countOf(verdicts: readonly Pick<Verdict, 'outcome'>[]): OutcomeCounts {
  const counts = { ...NO_OUTCOMES };
  for (const { outcome } of verdicts) counts[outcome] += 1;
  return counts;
}

export function importView(run: PeopleImport): PeopleImportView {
  const { id, fileName, state, rows, checked, applied, invitations, invited, freeSeats, actorName } = run;
  return {
    ...{ id, fileName, state, rows, checked, applied, invitations, invited, freeSeats },
    createdByName: actorName,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}
