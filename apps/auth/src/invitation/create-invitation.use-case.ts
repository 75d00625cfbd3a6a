import { Injectable } from '@nestjs/common';
import type { NewInvitation } from '#libs/contracts/auth';
import { currentActor, currentTenant, UnitOfWork } from '#libs/tenancy';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { RequestBudget } from '../throttle/request-budget.js';
import { TooManyRequests } from '../throttle/throttle.errors.js';
import { UserAlreadyExists } from '../user/user.errors.js';
import { requireOwnerFor, type User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { NameMissing } from './invitation.errors.js';
import type { Invitation } from './invitation.js';
import { InviteUser } from './invite-user.use-case.js';
import { SendInvitation } from './send-invitation.use-case.js';

const HOUR = 3_600;

/** Invites somebody new, or sends somebody who is invited already (imported people, for example) a new link. */
@Injectable()
export class CreateInvitation {
  constructor(
    private readonly users: UserRepository,
    private readonly inviting: InviteUser,
    private readonly sending: SendInvitation,
    private readonly profiles: TenantProfiles,
    private readonly budget: RequestBudget,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws UserAlreadyExists when the person is active or deactivated; NameMissing; as InviteUser */
  async execute(
    { email, name, role, teamId }: NewInvitation & { readonly teamId?: string | null | undefined },
    site: RequestSite,
  ): Promise<{ user: User; invitation: Invitation }> {
    const known = await this.users.byEmail(email);
    if (known !== null) return this.again(known, site);
    if (name === undefined) throw new NameMissing();
    return this.inviting.execute({ email, name, role: role ?? 'learner', teamId: teamId ?? null }, site);
  }

  private async again(known: User, site: RequestSite): Promise<{ user: User; invitation: Invitation }> {
    if (known.status !== 'invited') throw new UserAlreadyExists(known.status);
    requireOwnerFor(currentActor(), known.role);
    const allowed = await this.budget.allows(['invite', currentTenant().id, known.email], 5, HOUR);
    if (!allowed) throw new TooManyRequests(HOUR);
    const origin = await this.profiles.linkOrigin(site);
    return this.unitOfWork.run(async () => {
      const user = await this.users.lock(known.id);
      if (user.status !== 'invited') throw new UserAlreadyExists(user.status);
      return { user, invitation: await this.sending.execute(user, origin) };
    });
  }
}
