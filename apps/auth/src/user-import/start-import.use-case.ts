import { Injectable } from '@nestjs/common';
import { userImportStarted } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { ImportBusy, ImportNotReady } from './people-import.errors.js';
import type { PeopleImport } from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

/** Has what was checked written. The event of it queues the first job, so that no job comes before the commit. */
@Injectable()
export class StartImport {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ImportNotFound, ImportNotReady, ImportBusy */
  async execute(id: string, invitations: 'none' | 'new'): Promise<PeopleImport> {
    if (invitations === 'new') requireMayInvite();
    return this.unitOfWork.run(async () => {
      const before = await this.imports.lock(id);
      if (before.state !== 'ready') throw new ImportNotReady(before.state);
      if ((await this.imports.countIn(['running', 'inviting'], id)) > 0) throw new ImportBusy();
      const now = this.clock.now();
      const started: PeopleImport = { ...before, state: 'running', invitations, startedAt: now };
      await this.imports.save(started, now);
      const { fileName, rows } = started;
      await this.events.append(userImportStarted, id, { importId: id, fileName, rows, invitations });
      return started;
    });
  }
}

function requireMayInvite(): void {
  if (currentActor().permissions.includes('users.invite')) return;
  throw new DomainError('forbidden', 'auth.permission_missing', 'This needs the permission "users.invite".');
}
