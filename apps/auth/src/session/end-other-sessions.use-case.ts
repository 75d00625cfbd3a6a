import { Injectable } from '@nestjs/common';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import { EndSessions } from './end-sessions.use-case.js';
import { SessionRevocations } from './session-revocations.js';

/** Signs a user out everywhere else. */
@Injectable()
export class EndOtherSessions {
  constructor(
    private readonly ending: EndSessions,
    private readonly revocations: SessionRevocations,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute(userId: string): Promise<void> {
    const { sessionId } = currentActor();
    const ended = await this.unitOfWork.run(async () =>
      this.ending.execute(userId, 'ended_by_user', sessionId),
    );
    await this.revocations.announce(currentTenant().id, ended);
  }
}
