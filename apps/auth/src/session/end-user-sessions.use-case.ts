import { Injectable } from '@nestjs/common';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import { UserNotFound } from '../user/user.errors.js';
import { requireOwnerFor } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { EndSession } from './end-session.use-case.js';
import { EndSessions } from './end-sessions.use-case.js';
import { SessionRevocations } from './session-revocations.js';

/** Signs somebody else out, on one device or everywhere. Owners are signed out by owners alone. */
@Injectable()
export class EndUserSessions {
  constructor(
    private readonly users: UserRepository,
    private readonly one: EndSession,
    private readonly all: EndSessions,
    private readonly revocations: SessionRevocations,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** `sessionId` null ends all. @throws UserNotFound, OwnerOnly, SessionNotFound */
  async execute(userId: string, sessionId: string | null): Promise<void> {
    const user = await this.users.byId(userId);
    if (user === null) throw new UserNotFound();
    requireOwnerFor(currentActor(), user.role);
    if (sessionId !== null) {
      await this.one.execute(sessionId, userId, 'ended_by_admin');
      return;
    }
    const ended = await this.unitOfWork.run(async () => this.all.execute(userId, 'ended_by_admin'));
    await this.revocations.announce(currentTenant().id, ended);
  }
}
