import { role, roles } from '#libs/contracts';
import { userImportRow, type UserImportRow } from '#libs/contracts/auth';
import type { BundleFiles } from './bundle.js';
import { parseCsv, type Cell, type CsvRow } from './csv-file.js';
import type { Issues } from './issues.js';
import { managersFirst } from './managers-first.js';
import { decodeText } from './text-file.js';

export const USERS_FILE = 'users.csv';

const columns = {
  required: ['email', 'name', 'role'],
  optional: ['team', 'department', 'manager_email'],
} as const;
type Column = (typeof columns.required)[number] | (typeof columns.optional)[number];

interface ReadUser {
  readonly row: UserImportRow;
  readonly cells: CsvRow<Column>['cells'];
}

/** Reads users.csv; people come with their managers before them. */
export function readUsers(
  files: BundleFiles,
  used: Set<string>,
  seats: number | null,
  issues: Issues,
): UserImportRow[] {
  const bytes = files.get(USERS_FILE);
  if (bytes === undefined) {
    issues.add(USERS_FILE, null, {
      code: 'file_missing',
      detail: 'The folder has no users.csv.',
      help: `Add it with the header ${[...columns.required, ...columns.optional].join(',')}`,
    });
    return [];
  }
  used.add(USERS_FILE);
  const text = decodeText(USERS_FILE, bytes, issues);
  if (text === null) return [];
  const rows = parseCsv<Column>(USERS_FILE, text, columns, issues);
  const users = rows.flatMap((row) => readUser(row, issues));
  checkDuplicates(users, issues);
  checkManagers(users, rows, issues);
  checkOwner(users, issues);
  checkSeats(users, seats, issues);
  return managersFirst(users.map(({ row }) => row));
}

function readUser({ cells }: CsvRow<Column>, issues: Issues): ReadUser[] {
  const result = userImportRow.safeParse({
    email: cells.email.text,
    name: cells.name.text,
    role: cells.role.text.toLowerCase(),
    team: orNull(cells.team),
    department: orNull(cells.department),
    managerEmail: orNull(cells.manager_email),
  });
  if (result.success) return [{ row: result.data, cells }];
  for (const { path, message } of result.error.issues) {
    const field = path[0] === 'managerEmail' ? 'manager_email' : (String(path[0]) as Column);
    const cell = cells[field];
    if (field === 'role') addUnknownRole(cell, issues);
    else addFault(field, cell, message, issues);
  }
  return [];
}

function addUnknownRole(cell: Cell, issues: Issues): void {
  const known = role.safeParse(cell.text.toLowerCase()).success;
  if (known) return;
  issues.add(USERS_FILE, cell, {
    code: 'role_unknown',
    detail: cell.text === '' ? 'The role is missing.' : `There is no role "${cell.text}".`,
    help: `Use one of: ${roles.join(', ')}.`,
  });
}

function addFault(field: Column, cell: Cell, message: string, issues: Issues): void {
  const missing = cell.text === '';
  const isEmail = field === 'email' || field === 'manager_email';
  issues.add(USERS_FILE, cell, {
    code: missing ? 'field_missing' : isEmail ? 'email_invalid' : 'field_invalid',
    detail: missing ? `The ${field} is missing.` : `"${cell.text}" is not usable as ${field}: ${message}.`,
    help: isEmail ? 'Write it as name@example.org.' : 'Correct the value.',
  });
}

function checkDuplicates(users: readonly ReadUser[], issues: Issues): void {
  const first = new Map<string, Cell>();
  for (const { row, cells } of users) {
    const earlier = first.get(row.email);
    if (earlier === undefined) first.set(row.email, cells.email);
    else {
      issues.add(USERS_FILE, cells.email, {
        code: 'email_twice',
        detail: `${row.email} is in line ${earlier.line} already.`,
        help: 'Everybody has an address of their own; remove one of the rows.',
      });
    }
  }
}

function checkManagers(users: readonly ReadUser[], rows: readonly CsvRow<Column>[], issues: Issues): void {
  const known = new Set(rows.map(({ cells }) => cells.email.text.toLowerCase()));
  const managerOf = new Map(users.map(({ row }) => [row.email, row.managerEmail]));
  for (const { row, cells } of users) {
    if (row.managerEmail === null) continue;
    if (!known.has(row.managerEmail)) {
      issues.add(USERS_FILE, cells.manager_email, {
        code: 'manager_unknown',
        detail: `The manager ${row.managerEmail} is not in this file.`,
        help: 'Add a row for the manager, or correct the address.',
      });
    } else if (managesThemself(row.email, managerOf)) {
      issues.add(USERS_FILE, cells.manager_email, {
        code: 'manager_circle',
        detail: `${row.email} would be, through others, their own manager.`,
        help: 'Leave manager_email empty for whoever is at the top.',
      });
    }
  }
}

function managesThemself(start: string, managerOf: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  let at = managerOf.get(start) ?? null;
  while (at !== null && !seen.has(at)) {
    if (at === start) return true;
    seen.add(at);
    at = managerOf.get(at) ?? null;
  }
  return false;
}

function checkOwner(users: readonly ReadUser[], issues: Issues): void {
  if (users.length === 0 || users.some(({ row }) => row.role === 'owner')) return;
  issues.add(USERS_FILE, null, {
    code: 'owner_missing',
    detail: 'Nobody has the role owner, so nobody could run the academy.',
    help: 'Give at least one person the role owner.',
  });
}

function checkSeats(users: readonly ReadUser[], seats: number | null, issues: Issues): void {
  if (seats === null || users.length <= seats) return;
  issues.add(USERS_FILE, users[seats]?.cells.email ?? null, {
    code: 'seats_exceeded',
    detail: `The plan has ${seats} seats, the file ${users.length} people.`,
    help: 'Choose a larger plan in tenant.yaml, or remove people.',
  });
}

function orNull({ text }: Cell): string | null {
  return text === '' ? null : text;
}
