import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { Clock } from '#libs/kernel';
import { UnitOfWork, type Actor } from '#libs/tenancy';
import { OVER, type Cursor, type Step } from './import-step.js';
import { JudgePeople } from './judge-people.js';
import { countOf, type PeopleImport } from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

const SLICE = 2_000;

/** The dry run: says of the next rows what would become of them, and writes nothing else. */
@Injectable()
export class CheckPeople {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly judging: JudgePeople,
    private readonly entitlements: Entitlements,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, authority: Actor, cursor: Cursor): Promise<Step> {
    return this.unitOfWork.run(async () => {
      const before = await this.imports.lock(id);
      if (before.state !== 'checking') return OVER;
      const rows = await this.imports.pending(id, 'checked', cursor.line, SLICE);
      const last = rows.at(-1);
      if (last === undefined) {
        await this.imports.save({ ...before, state: 'ready' }, this.clock.now());
        return OVER;
      }
      const run = before.checked.created === 0 ? { ...before, freeSeats: await this.freeSeats() } : before;
      const seatsLeft = run.freeSeats === null ? null : run.freeSeats - run.checked.created;
      const verdicts = await this.judging.execute(run, rows, { authority, seatsLeft, locked: false });
      await this.imports.saveChecks(id, verdicts);
      await this.imports.save({ ...run, checked: added(run.checked, countOf(verdicts)) }, this.clock.now());
      return { next: 'more', cursor: { ...cursor, line: last.line } };
    });
  }

  private async freeSeats(): Promise<number | null> {
    const most = await this.entitlements.limit('users');
    return most === null ? null : Math.max(0, most - (await this.entitlements.used('users')));
  }
}

export function added(
  counts: PeopleImport['checked'],
  more: PeopleImport['checked'],
): PeopleImport['checked'] {
  return {
    created: counts.created + more.created,
    updated: counts.updated + more.updated,
    unchanged: counts.unchanged + more.unchanged,
    failed: counts.failed + more.failed,
  };
}
