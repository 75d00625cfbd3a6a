import { Injectable } from '@nestjs/common';
import type { PeopleRow } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import type { Actor } from '#libs/tenancy';
import { requireGrantable, requireOwnerFor } from '../user/user.js';
import {
  changesOf,
  isFault,
  readRow,
  type Fault,
  type GivenRow,
  type KnownPerson,
  type PeopleImport,
  type Verdict,
} from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

/** What is known before rows are judged. */
export interface Surroundings {
  readonly authority: Actor;
  readonly known: ReadonlyMap<string, KnownPerson>;
  readonly firstLines: ReadonlyMap<string, number>;
  /** Addresses that a manager may have: of people, or of other rows. */
  readonly managers: ReadonlySet<string>;
  /** Active owners; who is made something else leaves. */
  readonly owners: Set<string>;
  /** Null without limit. */
  seatsLeft: number | null;
}

/** Says of each row what is to become of it; used alike by the dry run and by the run. */
@Injectable()
export class JudgePeople {
  constructor(private readonly imports: PeopleImportRepository) {}

  /** `locked`: nobody else changes these people until the transaction ends. */
  async execute(
    { id, header }: PeopleImport,
    rows: readonly GivenRow[],
    { authority, seatsLeft, locked }: { authority: Actor; seatsLeft: number | null; locked: boolean },
  ): Promise<Verdict[]> {
    const read = rows.map((row) => ({ line: row.line, read: readRow(header, row) }));
    const good = read.flatMap(({ read: row }) => (isFault(row) ? [] : [row]));
    const emails = [...new Set(good.map(({ email }) => email))];
    const managing = [...new Set(good.flatMap(({ managerEmail }) => managerEmail ?? []))];
    // Owners first: two changes that take each other's owners would wait for one another.
    const owners = new Set(await this.imports.lockOwners());
    const known = await this.imports.known(emails, locked);
    const firstLines = await this.imports.firstLines(id, [...new Set([...emails, ...managing])]);
    const managers = new Set([...(await this.imports.known(managing, false)).keys(), ...firstLines.keys()]);
    const surroundings = { authority, known, firstLines, managers, owners, seatsLeft };
    return read.map(({ line, read: row }) => judge(line, row, surroundings));
  }
}

/** Counts a seat that is taken, and an owner who leaves, for the rows that follow. */
export function judge(line: number, read: PeopleRow | Fault, around: Surroundings): Verdict {
  if (isFault(read)) return { line, outcome: 'failed', fault: read, changes: [], row: null, known: null };
  const known = around.known.get(read.email) ?? null;
  const changes = known === null ? [] : changesOf(read, known);
  const fault = faultOf(line, read, known, changes, around);
  if (fault !== null) return { line, outcome: 'failed', fault, changes: [], row: read, known };
  if (known === null) {
    if (around.seatsLeft !== null) around.seatsLeft -= 1;
    return { line, outcome: 'created', fault: null, changes: [], row: read, known };
  }
  if (changes.includes('role')) around.owners.delete(known.id);
  return {
    line,
    outcome: changes.length > 0 ? 'updated' : 'unchanged',
    fault: null,
    changes,
    row: read,
    known,
  };
}

function faultOf(
  line: number,
  row: PeopleRow,
  known: KnownPerson | null,
  changes: readonly string[],
  around: Surroundings,
): Fault | null {
  const first = around.firstLines.get(row.email) ?? line;
  if (first < line) return said('duplicate', `The same address stands in line ${first}.`);
  if (row.managerEmail === row.email) return said('manager_self', 'Nobody is his own manager.');
  if (typeof row.managerEmail === 'string' && !around.managers.has(row.managerEmail)) {
    return said(
      'manager_not_found',
      `The manager ${row.managerEmail} is neither in the academy nor in the file.`,
    );
  }
  if (known === null) return faultOfNew(row, around);
  if (known.status === 'deactivated') {
    return said('deactivated', 'This person is deactivated. Give the access back first.');
  }
  if (changes.length === 0) return null;
  if (changes.includes('role') && around.owners.has(known.id) && around.owners.size === 1) {
    return said('last_owner', 'This is the last owner. Make somebody else an owner first.');
  }
  return faultOfRights(() => {
    requireOwnerFor(around.authority, known.role);
    if (changes.includes('role') && row.role !== undefined) requireGrantable(around.authority, row.role);
  });
}

function faultOfNew(row: PeopleRow, { seatsLeft, authority }: Surroundings): Fault | null {
  if (row.name === undefined) return said('name_missing', 'Somebody new needs a name.');
  if (seatsLeft !== null && seatsLeft <= 0) {
    return { code: 'limit.users_exceeded', detail: 'All seats of the plan are taken.' };
  }
  return faultOfRights(() => {
    requireGrantable(authority, row.role ?? 'learner');
  });
}

function faultOfRights(check: () => void): Fault | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, detail: error.message };
    throw error;
  }
}

function said(code: string, detail: string): Fault {
  return { code: `user_import.${code}`, detail };
}
