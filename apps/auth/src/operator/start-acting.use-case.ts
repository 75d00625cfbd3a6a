import { Injectable } from '@nestjs/common';
import { actingPath, actingStarted, type ActingOrder, type NewActing } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, currentContext, UnitOfWork, type TenantRef } from '#libs/tenancy';
import { SessionRepository } from '../session/session.repository.js';
import { startChain } from '../session/refresh-chain.js';
import { deviceOf } from '../session/session.js';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { UserNotFound } from '../user/user.errors.js';
import { UserRepository } from '../user/user.repository.js';
import { PersonNotActive, TenantClosed } from './acting.errors.js';
import { endOfActing } from './acting.js';
import { ActingRepository } from './acting.repository.js';
import { TenantEntry } from './tenant-entry.directory.js';

/**
 * Lets an operator into a tenant as one of its people: a session of that person that names the operator. The ticket is
 * the first refresh token of the session; it is traded at the tenant's own host, whose cookies nobody else can set.
 */
@Injectable()
export class StartActing {
  constructor(
    private readonly entry: TenantEntry,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly acting: ActingRepository,
    private readonly profiles: TenantProfiles,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws TenantUnknown, TenantClosed, UserNotFound, PersonNotActive */
  async execute(handle: string, order: NewActing, site: RequestSite): Promise<ActingOrder> {
    return this.entry.run(handle, async (tenant) => this.inTenant(tenant, order, site));
  }

  private async inTenant(
    { id: tenantId, status }: TenantRef,
    { userId, reason, minutes }: NewActing,
    site: RequestSite,
  ): Promise<ActingOrder> {
    if (status !== 'active') throw new TenantClosed(status);
    const { id: operatorId, name: operatorName } = currentActor();
    if (operatorId === null) throw new Error('An operator has an id.');
    const by = { operatorId, operatorName: operatorName ?? operatorId };
    const [sessionId, now] = [newId(), this.clock.now()];
    const expiresAt = endOfActing(minutes, now);
    const { chain, token } = startChain(sessionId, now);
    await this.unitOfWork.run(async () => {
      const user = await this.users.byId(userId);
      if (user === null) throw new UserNotFound();
      if (user.status !== 'active') throw new PersonNotActive();
      const times = { startedAt: now, lastSeenAt: now, expiresAt, endedAt: null };
      const device = deviceOf(currentContext());
      await this.sessions.add({ id: sessionId, userId, method: 'operator', ...times, ...device, chain });
      const returnTo = `${site.scheme}://${site.host}/control/tenants/${tenantId}`;
      await this.acting.add({ sessionId, ...by, reason, returnTo });
      const payload = { sessionId, userId, ...by, reason, expiresAt: expiresAt.toISOString() };
      await this.events.append(actingStarted, userId, payload);
    });
    const origin = await this.profiles.linkOrigin(site);
    return {
      sessionId,
      url: `${origin}${actingPath}#ticket=${token}`,
      expiresAt: expiresAt.toISOString(),
    };
  }
}
