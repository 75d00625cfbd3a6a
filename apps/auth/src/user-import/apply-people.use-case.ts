import { Injectable } from '@nestjs/common';
import { userCreated, userUpdated, type PeopleRow } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog, occurrence } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { UnitOfWork, type Actor } from '#libs/tenancy';
import { PlaceInTeam } from '../team/place-in-team.use-case.js';
import { RemoveAccess, type RemovedAccess } from '../user/remove-access.use-case.js';
import { losesPermissions, personOf, type User } from '../user/user.js';
import { added } from './check-people.use-case.js';
import { FinishImport } from './finish-import.use-case.js';
import { OVER, type Cursor, type Step } from './import-step.js';
import { JudgePeople } from './judge-people.js';
import { countOf, type KnownPerson, type PeopleImport, type Verdict } from './people-import.js';
import { PeopleImportRepository, type AppliedRow, type WrittenPerson } from './people-import.repository.js';

const SLICE = 1_000;

interface Person {
  readonly verdict: Verdict;
  readonly row: PeopleRow;
  readonly known: KnownPerson | null;
  readonly id: string;
}

/**
 * Writes the next people of an import, with their outcomes and its counts in one transaction: whenever the process dies, what was
 * written is counted and what was not comes next. Managers who stand further down in the file are set at the end.
 */
@Injectable()
export class ApplyPeople {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly judging: JudgePeople,
    private readonly placing: PlaceInTeam,
    private readonly access: RemoveAccess,
    private readonly finishing: FinishImport,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, authority: Actor, cursor: Cursor): Promise<Step> {
    const { step, removed } = await this.unitOfWork.run(async () => {
      const run = await this.imports.lock(id);
      if (run.state !== 'running') return { step: OVER, removed: [] };
      return this.next(run, authority, cursor);
    });
    for (const one of removed) await this.access.announce(one);
    return step;
  }

  private async next(
    run: PeopleImport,
    authority: Actor,
    cursor: Cursor,
  ): Promise<{ step: Step; removed: readonly RemovedAccess[] }> {
    const rows = await this.imports.pending(run.id, 'applied', cursor.line, SLICE);
    const last = rows.at(-1);
    if (last === undefined) return { step: await this.setManagers(run, cursor), removed: [] };
    const seatsLeft = await this.seatsLeft();
    const verdicts = await this.judging.execute(run, rows, { authority, seatsLeft, locked: true });
    const { applied, removed } = await this.write(run, verdicts);
    await this.imports.saveApplied(run.id, applied);
    await this.imports.save({ ...run, applied: added(run.applied, countOf(applied)) }, this.clock.now());
    return { step: { next: 'more', cursor: { ...cursor, line: last.line } }, removed };
  }

  private async write(
    run: PeopleImport,
    verdicts: readonly Verdict[],
  ): Promise<{ applied: AppliedRow[]; removed: readonly RemovedAccess[] }> {
    const now = this.clock.now();
    const people = verdicts.flatMap((verdict): Person[] => {
      const { row, known, outcome } = verdict;
      if (row === null || (outcome !== 'created' && outcome !== 'updated')) return [];
      return [{ verdict, row, known, id: known?.id ?? newId() }];
    });
    const written = await this.asWritten(people);
    const isNew = new Set(people.filter(({ known }) => known === null).map(({ id }) => id));
    const created = await this.imports.create(
      written.filter(({ id }) => isNew.has(id)),
      now,
    );
    const updated = await this.imports.update(
      written.filter(({ id }) => !isNew.has(id)),
      now,
    );
    await this.entitlements.take('users', created.length);
    await this.events.appendAll([
      ...created.map((user) => occurrence(userCreated, user.id, personOf(user))),
      ...updated.map((user) => occurrence(userUpdated, user.id, personOf(user))),
    ]);
    const removed = await this.removeAccess(people, updated);
    const reached = new Set([...created, ...updated].map(({ id }) => id));
    const ids = new Map(people.map(({ verdict, id }) => [verdict.line, id]));
    return { applied: verdicts.map((verdict) => appliedOf(verdict, ids, reached, run)), removed };
  }

  /** Teams as they are spelled, managers by their ids. */
  private async asWritten(people: readonly Person[]): Promise<WrittenPerson[]> {
    const teams = await this.placing.byNames([...new Set(people.flatMap(({ row }) => row.team ?? []))]);
    const addresses = [...new Set(people.flatMap(({ row }) => row.managerEmail ?? []))];
    const ids = new Map(
      [...(await this.imports.known(addresses, false))].map(([email, { id }]) => [email, id]),
    );
    for (const { row, known, id } of people) if (known === null) ids.set(row.email, id);
    const team = (name: string | null) => (name === null ? null : (teams.get(name)?.team ?? name));
    return people.map(({ row, known, id }) => ({
      id,
      email: row.email,
      name: row.name ?? known?.name ?? row.email,
      role: row.role ?? known?.role ?? 'learner',
      team: row.team === undefined ? (known?.team ?? null) : team(row.team),
      department: row.department === undefined ? (known?.department ?? null) : row.department,
      managerId: managerOf(row, known, ids),
    }));
  }

  /** Who may do less than before is signed out, as when he is changed by hand. */
  private async removeAccess(people: readonly Person[], updated: readonly User[]): Promise<RemovedAccess[]> {
    const roles = new Map(updated.map(({ id, role }) => [id, role]));
    const losers = people.filter(({ known, id }) => {
      const role = roles.get(id);
      return known !== null && role !== undefined && losesPermissions(known.role, role);
    });
    const removed: RemovedAccess[] = [];
    for (const { id } of losers) removed.push(await this.access.execute(id, 'role_changed'));
    return removed;
  }

  private async setManagers(run: PeopleImport, cursor: Cursor): Promise<Step> {
    const cell = run.header.indexOf('manager_email');
    const now = this.clock.now();
    if (cell >= 0) {
      const { changed, lastLine } = await this.imports.setManagers(run.id, cell, cursor.managed, SLICE, now);
      await this.events.appendAll(changed.map((user) => occurrence(userUpdated, user.id, personOf(user))));
      if (lastLine !== null) {
        await this.imports.save(run, now);
        return { next: 'more', cursor: { ...cursor, managed: lastLine } };
      }
    }
    if (run.invitations === 'new' && run.applied.created > 0) {
      await this.imports.save({ ...run, state: 'inviting' }, now);
      return { next: 'more', cursor };
    }
    await this.finishing.execute(run);
    return OVER;
  }

  private async seatsLeft(): Promise<number | null> {
    const most = await this.entitlements.limit('users');
    return most === null ? null : most - (await this.entitlements.used('users'));
  }
}

function managerOf(
  { managerEmail }: PeopleRow,
  known: KnownPerson | null,
  ids: ReadonlyMap<string, string>,
): string | null {
  if (managerEmail === undefined) return known?.managerId ?? null;
  if (managerEmail === null) return null;
  return ids.get(managerEmail) ?? known?.managerId ?? null;
}

function appliedOf(
  { line, outcome, fault, changes, known }: Verdict,
  ids: ReadonlyMap<number, string>,
  reached: ReadonlySet<string>,
  { invitations }: PeopleImport,
): AppliedRow {
  const userId = ids.get(line) ?? known?.id ?? null;
  const isWritten = outcome === 'created' || outcome === 'updated';
  if (isWritten && (userId === null || !reached.has(userId))) {
    const detail = 'Somebody else brought this person in at the same moment. Import the row again.';
    return {
      ...{ line, outcome: 'failed', code: 'user.already_exists', detail, changes: [] },
      ...{ userId: null, awaitsMail: false },
    };
  }
  return {
    ...{ line, outcome, changes, userId },
    ...{ code: fault?.code ?? null, detail: fault?.detail ?? null },
    awaitsMail: outcome === 'created' && invitations === 'new',
  };
}
