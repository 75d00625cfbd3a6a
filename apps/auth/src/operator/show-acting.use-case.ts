import { Injectable } from '@nestjs/common';
import type { ActingNotice, ActingSession } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { currentActor } from '#libs/tenancy';
import { SessionRepository } from '../session/session.repository.js';
import { actingView } from './acting.js';
import { ActingRepository } from './acting.repository.js';
import { TenantEntry } from './tenant-entry.directory.js';

@Injectable()
export class ShowActing {
  constructor(
    private readonly entry: TenantEntry,
    private readonly acting: ActingRepository,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /** What the pages of this session are to tell, or null where the person acts himself. */
  async execute(): Promise<ActingNotice | null> {
    const { by, sessionId } = currentActor();
    if (by === undefined || sessionId === null) return null;
    const [acting, found] = [await this.acting.find(sessionId), await this.sessions.lock(sessionId)];
    if (acting === null || found === null) return null;
    const { operatorName, reason, returnTo } = acting;
    return { operator: operatorName, reason, returnTo, expiresAt: found.session.expiresAt.toISOString() };
  }

  /** Who acts in the tenant now. @throws TenantUnknown */
  async list(handle: string): Promise<ActingSession[]> {
    const open = await this.entry.run(handle, async () => this.acting.open(this.clock.now()));
    return open.map(actingView);
  }
}
