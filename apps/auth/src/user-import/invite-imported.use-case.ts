import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { SendInvitation } from '../invitation/send-invitation.use-case.js';
import { UserRepository } from '../user/user.repository.js';
import { FinishImport } from './finish-import.use-case.js';
import { OVER, type Cursor, type Step } from './import-step.js';
import { PeopleImportRepository } from './people-import.repository.js';

const SLICE = 50;
/** Mails that may wait to be sent before more are written: nobody's invitation holds up a password that was forgotten. */
const MOST_WAITING = 500;

/** Mails the next new people of an import their links, where that was asked for. */
@Injectable()
export class InviteImported {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly users: UserRepository,
    private readonly sending: SendInvitation,
    private readonly finishing: FinishImport,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, cursor: Cursor): Promise<Step> {
    return this.unitOfWork.run(async () => {
      const run = await this.imports.lock(id);
      if (run.state !== 'inviting') return OVER;
      const waiting = await this.imports.awaitingMail(id, SLICE);
      if (waiting.length === 0) {
        await this.finishing.execute(run);
        return OVER;
      }
      if ((await this.imports.pendingMails(MOST_WAITING)) >= MOST_WAITING) {
        await this.imports.save(run, this.clock.now());
        return { next: 'later', cursor };
      }
      let invited = 0;
      for (const { userId } of waiting) {
        const user = await this.users.lock(userId);
        if (user.status !== 'invited') continue;
        await this.sending.execute(user, run.origin);
        invited += 1;
      }
      await this.imports.mailed(
        id,
        waiting.map(({ line }) => line),
      );
      await this.imports.save({ ...run, invited: run.invited + invited }, this.clock.now());
      return { next: 'more', cursor };
    });
  }
}
