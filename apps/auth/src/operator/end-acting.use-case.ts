import { Injectable } from '@nestjs/common';
import { actingEnded, sessionEnded } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import { SessionNotFound } from '../session/session.errors.js';
import { SessionRepository } from '../session/session.repository.js';
import { SessionRevocations } from '../session/session-revocations.js';
import { NotActing } from './acting.errors.js';
import { ActingRepository } from './acting.repository.js';
import { TenantEntry } from './tenant-entry.directory.js';

/** Ends the session of an operator who acts as somebody, everywhere. */
@Injectable()
export class EndActing {
  constructor(
    private readonly entry: TenantEntry,
    private readonly sessions: SessionRepository,
    private readonly acting: ActingRepository,
    private readonly revocations: SessionRevocations,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The operator leaves. @throws NotActing */
  async leave(): Promise<void> {
    const { by, sessionId } = currentActor();
    if (by === undefined || sessionId === null) throw new NotActing();
    await this.end(sessionId);
  }

  /** From the control centre. @throws TenantUnknown, SessionNotFound */
  async execute(handle: string, sessionId: string): Promise<void> {
    await this.entry.run(handle, async () => this.end(sessionId));
  }

  private async end(sessionId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const [found, acting] = [await this.sessions.lock(sessionId), await this.acting.find(sessionId)];
      if (found === null || acting === null) throw new SessionNotFound();
      const { userId } = found.session;
      const ended = await this.sessions.end(sessionId, userId, 'logout', this.clock.now());
      if (ended === null) throw new SessionNotFound();
      const { operatorId } = acting;
      await this.events.append(sessionEnded, sessionId, { sessionId, userId, reason: 'logout' });
      await this.events.append(actingEnded, userId, { sessionId, userId, operatorId });
    });
    await this.revocations.announce(currentTenant().id, [sessionId]);
  }
}
