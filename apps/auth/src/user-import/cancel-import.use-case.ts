import { Injectable } from '@nestjs/common';
import { userImportCancelled } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import type { PeopleImport } from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

/** Stops an import: what it has written stays, the rest is left out. Doing it again does no harm. */
@Injectable()
export class CancelImport {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ImportNotFound */
  async execute(id: string): Promise<PeopleImport> {
    return this.unitOfWork.run(async () => {
      const before = await this.imports.lock(id);
      if (before.state === 'done' || before.state === 'cancelled') return before;
      const now = this.clock.now();
      const cancelled: PeopleImport = { ...before, state: 'cancelled', finishedAt: now };
      await this.imports.save(cancelled, now);
      await this.events.append(userImportCancelled, id, { importId: id, fileName: cancelled.fileName });
      return cancelled;
    });
  }
}
