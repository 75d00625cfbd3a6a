import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { currentActor } from '#libs/tenancy';
import { parseToken, present } from '../session/refresh-chain.js';
import { SessionRevocations } from '../session/session-revocations.js';
import { requireAdminHost } from './admin-host.js';
import { OperatorRepository } from './operator.repository.js';

/** Ends the operator's session: that of the access token, else that of the refresh token. Good without either. */
@Injectable()
export class LogOutOperator {
  constructor(
    private readonly operators: OperatorRepository,
    private readonly revocations: SessionRevocations,
    private readonly clock: Clock,
  ) {}

  async execute(refreshToken: string | undefined): Promise<void> {
    requireAdminHost();
    const { kind, sessionId } = currentActor();
    const id = kind === 'operator' && sessionId !== null ? sessionId : await this.sessionOf(refreshToken);
    if (id === null) return;
    await this.operators.endSession(id, 'logout', this.clock.now());
    await this.revocations.announce(null, [id]);
  }

  private async sessionOf(text: string | undefined): Promise<string | null> {
    const token = text === undefined ? null : parseToken(text);
    if (token === null) return null;
    const session = await this.operators.run(async () => this.operators.lockSession(token.sessionId));
    if (session === null) return null;
    return present(session.chain, token, this.clock.now(), true).kind === 'unknown' ? null : session.id;
  }
}
