import { Injectable } from '@nestjs/common';
import { email as emailSchema } from '#libs/contracts';
import { userImportUploaded } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, DomainError, newId } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import type { Readable } from 'node:stream';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { readPeopleCsv, type PeopleFile } from './people-csv.js';
import { columnsHelp, FileRefused } from './people-import.errors.js';
import { cellText, NO_OUTCOMES, type GivenRow, type PeopleImport } from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

const BATCH = 1_000;
/** What was uploaded is personal data; it goes when nobody can need it any more. */
const KEPT_MS = 30 * 86_400_000;

/** Takes a list of people in, as it comes, and has it checked. Nobody is changed by it. */
@Injectable()
export class UploadPeople {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly profiles: TenantProfiles,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws FileRefused */
  async execute(fileName: string, content: Readable, site: RequestSite): Promise<PeopleImport> {
    const origin = await this.profiles.linkOrigin(site);
    const file = await refusing(readPeopleCsv(content));
    const now = this.clock.now();
    await this.imports.removeBefore(new Date(now.getTime() - KEPT_MS));
    const run = anImport(fileName, file, origin, now);
    await this.imports.add(run);
    try {
      const rows = await refusing(this.receive(run.id, file));
      if (rows === 0) throw new FileRefused('empty', `The file has no rows. ${columnsHelp()}`);
    } catch (error) {
      await this.imports.remove(run.id);
      throw error;
    }
    return this.received(run.id);
  }

  private async receive(id: string, { header, rows }: PeopleFile): Promise<number> {
    const emailAt = header.indexOf('email');
    let batch: (GivenRow & { email: string | null })[] = [];
    let count = 0;
    const flush = async () => {
      if (batch.length > 0) await this.imports.addRows(id, batch, this.clock.now());
      batch = [];
    };
    for await (const row of rows) {
      const email = emailSchema().safeParse(cellText(row.cells[emailAt] ?? ''));
      batch.push({ ...row, email: email.success ? email.data : null });
      count += 1;
      if (batch.length >= BATCH) await flush();
    }
    await flush();
    return count;
  }

  private async received(id: string): Promise<PeopleImport> {
    return this.unitOfWork.run(async () => {
      const received: PeopleImport = { ...(await this.imports.lock(id)), state: 'checking' };
      await this.imports.save(received, this.clock.now());
      const event = { importId: id, fileName: received.fileName, rows: received.rows };
      await this.events.append(userImportUploaded, id, event);
      return received;
    });
  }
}

function anImport(fileName: string, { header }: PeopleFile, origin: string, now: Date): PeopleImport {
  const { kind, id, name } = currentActor();
  return {
    ...{ id: newId(), fileName, header, state: 'receiving', rows: 0, origin },
    ...{ checked: NO_OUTCOMES, applied: NO_OUTCOMES, invitations: 'none', invited: 0, freeSeats: null },
    ...{ actorKind: kind, actorId: id, actorName: name },
    ...{ createdAt: now, startedAt: null, finishedAt: null },
  };
}

/** An upload that breaks off is the fault of nobody here. */
async function refusing<R>(reading: Promise<R>): Promise<R> {
  try {
    return await reading;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!(error instanceof DomainError) && /^(ERR_STREAM|ECONN|ABORT|EPIPE)/.test(code)) {
      throw new FileRefused('interrupted', 'The upload broke off. Nothing was kept.');
    }
    throw error;
  }
}
