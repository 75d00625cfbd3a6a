import { Injectable } from '@nestjs/common';
import { userCreated } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import type { TeamPlace } from '../team/team.js';
import { PlaceInTeam } from '../team/place-in-team.use-case.js';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { UserAlreadyExists } from '../user/user.errors.js';
import { createUser, personOf, requireGrantable, type User, type UserProfile } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import type { Invitation } from './invitation.js';
import { SendInvitation } from './send-invitation.use-case.js';

/** Brings somebody new into the academy: takes a seat, and mails a link to choose a password. */
@Injectable()
export class InviteUser {
  constructor(
    private readonly users: UserRepository,
    private readonly sending: SendInvitation,
    private readonly placing: PlaceInTeam,
    private readonly profiles: TenantProfiles,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UserAlreadyExists, OwnerOnly, RoleNotGrantable, DomainError `limit.users_exceeded` */
  async execute(profile: UserProfile, site: RequestSite): Promise<{ user: User; invitation: Invitation }> {
    requireGrantable(currentActor(), profile.role);
    const origin = await this.profiles.linkOrigin(site);
    return this.unitOfWork.run(async () => {
      const place = await this.placeOf(profile);
      const user = createUser(newId(), { ...profile, ...place }, 'invited', this.clock.now());
      if (!(await this.users.add(user))) {
        throw new UserAlreadyExists((await this.users.byEmail(user.email))?.status ?? 'active');
      }
      await this.entitlements.take('users', 1);
      await this.events.append(userCreated, user.id, personOf(user));
      return { user, invitation: await this.sending.execute(user, origin) };
    });
  }

  private async placeOf({ team, teamId }: UserProfile): Promise<TeamPlace> {
    if (teamId !== undefined && teamId !== null) return this.placing.byId(teamId);
    return this.placing.byName(team ?? null);
  }
}
