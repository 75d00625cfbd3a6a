import type { PeopleOutcome, PeopleImportState } from '#libs/contracts/auth';
import type { User } from '../user/user.js';
import type { GivenRow, KnownPerson, PeopleImport, Verdict } from './people-import.js';

/** What one row came to when people were written. */
export interface AppliedRow {
  readonly line: number;
  readonly outcome: PeopleOutcome;
  readonly code: string | null;
  readonly detail: string | null;
  readonly changes: readonly string[];
  readonly userId: string | null;
  readonly awaitsMail: boolean;
}

/** One who is to be written: with all that he will be. */
export interface WrittenPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: User['role'];
  readonly team: string | null;
  readonly department: string | null;
  readonly managerId: string | null;
}

/** Imports of the current tenant. */
export abstract class PeopleImportRepository {
  abstract add(run: PeopleImport): Promise<void>;

  abstract addRows(
    importId: string,
    rows: readonly (GivenRow & { readonly email: string | null })[],
    at: Date,
  ): Promise<void>;

  /** @throws ImportNotFound */
  abstract byId(id: string): Promise<PeopleImport>;

  /** Whoever advances the import takes turns until the transaction ends. @throws ImportNotFound */
  abstract lock(id: string): Promise<PeopleImport>;

  /** Writes state, counts and times of an import that was locked; it is alive. */
  abstract save(run: PeopleImport, at: Date): Promise<void>;

  abstract remove(id: string): Promise<void>;

  abstract removeBefore(before: Date): Promise<void>;

  abstract countIn(states: readonly PeopleImportState[], exceptId: string): Promise<number>;

  /** Rows after a line that were not checked, or not applied; in the order of the file. */
  abstract pending(
    id: string,
    stage: 'checked' | 'applied',
    afterLine: number,
    limit: number,
  ): Promise<readonly GivenRow[]>;

  /** The first line of each address in the file. */
  abstract firstLines(id: string, emails: readonly string[]): Promise<ReadonlyMap<string, number>>;

  /** People by address, locked when asked for. */
  abstract known(emails: readonly string[], locked: boolean): Promise<ReadonlyMap<string, KnownPerson>>;

  abstract saveChecks(id: string, verdicts: readonly Verdict[]): Promise<void>;

  abstract saveApplied(id: string, rows: readonly AppliedRow[]): Promise<void>;

  /** People who are invited; who has come in meanwhile is left out. */
  abstract create(people: readonly WrittenPerson[], at: Date): Promise<readonly User[]>;

  abstract update(people: readonly WrittenPerson[], at: Date): Promise<readonly User[]>;

  /** Gives people of the file the managers that it names, where they differ; answers who was changed and where it got to. */
  abstract setManagers(
    id: string,
    managerCell: number,
    afterLine: number,
    limit: number,
    at: Date,
  ): Promise<{ readonly changed: readonly User[]; readonly lastLine: number | null }>;

  /** People who wait for an invitation. */
  abstract awaitingMail(
    id: string,
    limit: number,
  ): Promise<readonly { readonly line: number; readonly userId: string }[]>;

  abstract mailed(id: string, lines: readonly number[]): Promise<void>;

  /** Mails of the tenant that have not gone yet, counted to `most`. */
  abstract pendingMails(most: number): Promise<number>;

  /** Ids of active owners, locked. */
  abstract lockOwners(): Promise<readonly string[]>;
}
