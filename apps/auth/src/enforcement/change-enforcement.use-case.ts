import { Injectable } from '@nestjs/common';
import { signInEnforcementChanged, type SignInEnforcementInput } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, currentTenant, requireUserId, UnitOfWork } from '#libs/tenancy';
import { EnforcementNeedsOwner, EnforcementNeedsTest } from '../connection/connection.errors.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { EndSession } from '../session/end-session.use-case.js';
import { SessionNotFound } from '../session/session.errors.js';
import { EnforcementRepository } from './enforcement.repository.js';
import type { Enforcement } from './enforcement.js';

/** Closes the door of passwords, or opens it again. Nobody closes it who has not come in by the other one. */
@Injectable()
export class ChangeEnforcement {
  constructor(
    private readonly enforcements: EnforcementRepository,
    private readonly connections: ConnectionRepository,
    private readonly ending: EndSession,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws EnforcementNeedsTest, EnforcementNeedsOwner, DomainError `entitlement.feature_not_in_plan` */
  async execute({ enforced, breakGlassUserIds }: SignInEnforcementInput): Promise<Enforcement> {
    if (enforced) await this.requireWayIn(breakGlassUserIds);
    const after = await this.unitOfWork.run(async () => {
      const before = await this.enforcements.current();
      const enforcedAt = enforced ? (before.enforcedAt ?? this.clock.now()) : null;
      const saved = { enforced, breakGlassUserIds: [...new Set(breakGlassUserIds)], enforcedAt };
      await this.enforcements.save(saved);
      const told = { enforced, breakGlassUserIds: saved.breakGlassUserIds };
      await this.events.append(signInEnforcementChanged, currentTenant().id, told);
      return saved;
    });
    if (enforced) await this.endPasswordSessions(after);
    return after;
  }

  private async requireWayIn(breakGlassUserIds: readonly string[]): Promise<void> {
    await this.entitlements.require('sso');
    const userId = requireUserId();
    const connections = await this.connections.all();
    if (!connections.some(({ state, testedBy }) => state === 'active' && testedBy === userId)) {
      throw new EnforcementNeedsTest();
    }
    const owners = await this.enforcements.ownersWithPassword(breakGlassUserIds);
    if (owners.length === 0) throw new EnforcementNeedsOwner();
  }

  /** What began before the rule ends with it; only the session that sets the rule stays, to see what it does. */
  private async endPasswordSessions({ breakGlassUserIds }: Enforcement): Promise<void> {
    const { sessionId } = currentActor();
    for (const { id, userId } of await this.enforcements.passwordSessions(breakGlassUserIds)) {
      if (id === sessionId) continue;
      try {
        await this.ending.execute(id, userId, 'sso_enforced');
      } catch (error) {
        if (!(error instanceof SessionNotFound)) throw error;
      }
    }
  }
}
