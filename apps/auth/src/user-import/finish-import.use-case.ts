import { Injectable } from '@nestjs/common';
import { userImportFinished } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import type { PeopleImport } from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

/** Closes an import, within the step that found nothing left to do. */
@Injectable()
export class FinishImport {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async execute(run: PeopleImport): Promise<void> {
    const now = this.clock.now();
    await this.imports.save({ ...run, state: 'done', finishedAt: now }, now);
    const event = { importId: run.id, fileName: run.fileName, ...run.applied };
    await this.events.append(userImportFinished, run.id, event);
  }
}
