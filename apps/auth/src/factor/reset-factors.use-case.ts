import { Injectable } from '@nestjs/common';
import { factorsReset } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import { MailOutbox } from '../mail/mail-outbox.js';
import { EndSessions } from '../session/end-sessions.use-case.js';
import { SessionRevocations } from '../session/session-revocations.js';
import { OwnAccount } from '../user/user.errors.js';
import { requireOwnerFor } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { Challenges } from './challenges.js';
import { FactorAccess } from './factor.access.js';
import { FactorRepository, TrustedDeviceRepository } from './factor.repository.js';

/** Removes what somebody lost. The person is signed out everywhere and told by mail, so that nobody does it in secret. */
@Injectable()
export class ResetFactors {
  constructor(
    private readonly users: UserRepository,
    private readonly access: FactorAccess,
    private readonly factors: FactorRepository,
    private readonly devices: TrustedDeviceRepository,
    private readonly challenges: Challenges,
    private readonly ending: EndSessions,
    private readonly revocations: SessionRevocations,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws UserNotFound, OwnerOnly, OwnAccount, StepUpRequired, SessionEnded */
  async execute(userId: string, reason: string): Promise<void> {
    const ended = await this.unitOfWork.run(async () => {
      const user = await this.users.lock(userId);
      const actor = currentActor();
      requireOwnerFor(actor, user.role);
      // One's own are removed one by one, after a proof.
      if (actor.id === userId) throw new OwnAccount();
      // Whatever the policy says: a stolen session shall not open other accounts.
      await this.access.unlocked();
      await this.factors.removeAll(userId);
      await this.devices.remove(userId);
      await this.challenges.forget(userId);
      await this.events.append(factorsReset, userId, { userId, reason });
      await this.mails.put({ template: 'factors_reset', to: user });
      return this.ending.execute(userId, 'factors_reset');
    });
    await this.revocations.announce(currentTenant().id, ended);
  }
}
