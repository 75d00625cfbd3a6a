import { Injectable } from '@nestjs/common';
import type { UserChange, UserChangeResult } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import { currentActor } from '#libs/tenancy';
import { CreateInvitation } from '../invitation/create-invitation.use-case.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { DeactivateUser } from './deactivate-user.use-case.js';
import { ReactivateUser } from './reactivate-user.use-case.js';
import { UpdateUser } from './update-user.use-case.js';
import { InvitationNotOpen, UserNotFound } from './user.errors.js';
import type { User } from './user.js';
import { UserRepository } from './user.repository.js';

type Item = UserChangeResult['items'][number];

/** The same change for many people, one after the other: each is changed or refused by itself, and says why. */
@Injectable()
export class ChangeUsers {
  constructor(
    private readonly users: UserRepository,
    private readonly updating: UpdateUser,
    private readonly deactivating: DeactivateUser,
    private readonly reactivating: ReactivateUser,
    private readonly inviting: CreateInvitation,
  ) {}

  async execute(change: UserChange, site: RequestSite): Promise<UserChangeResult> {
    if (change.action === 'invite') requireMayInvite();
    const items: Item[] = [];
    for (const userId of new Set(change.userIds)) items.push(await this.one(userId, change, site));
    return { items };
  }

  private async one(userId: string, change: UserChange, site: RequestSite): Promise<Item> {
    const nothing = { code: null, detail: null };
    try {
      const before = await this.users.byId(userId);
      if (before === null) throw new UserNotFound();
      const outcome = (await this.apply(before, change, site)) ? 'changed' : 'unchanged';
      return { userId, outcome, ...nothing };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { userId, outcome: 'failed', code: error.code, detail: error.message };
    }
  }

  /** Whether there was something to change. */
  private async apply(before: User, change: UserChange, site: RequestSite): Promise<boolean> {
    const { id } = before;
    switch (change.action) {
      case 'deactivate':
        if (before.status !== 'deactivated') await this.deactivating.execute(id);
        return before.status !== 'deactivated';
      case 'reactivate':
        if (before.status === 'deactivated') await this.reactivating.execute(id);
        return before.status === 'deactivated';
      case 'invite':
        if (before.status !== 'invited') throw new InvitationNotOpen(before.status);
        await this.inviting.execute({ email: before.email }, site);
        return true;
      case 'set_role':
        return this.update(before, { role: change.role });
      case 'set_team':
        return this.update(before, { teamId: change.teamId });
      case 'set_manager':
        return this.update(before, { managerId: change.managerId });
      case 'set_department':
        return this.update(before, { department: change.department });
    }
  }

  private async update(
    before: User,
    patch: Partial<Pick<User, 'role' | 'teamId' | 'managerId' | 'department'>>,
  ): Promise<boolean> {
    const changes = (Object.keys(patch) as (keyof typeof patch)[]).some((key) => before[key] !== patch[key]);
    if (changes) await this.updating.execute(before.id, patch, null);
    return changes;
  }
}

/** What concerns this person alone; a database that is away concerns them all. */
export function isRefusal(error: unknown): error is DomainError {
  const kinds: readonly string[] = ['invalid', 'forbidden', 'not_found', 'conflict', 'rate_limited'];
  return error instanceof DomainError && kinds.includes(error.kind);
}

function requireMayInvite(): void {
  if (currentActor().permissions.includes('users.invite')) return;
  throw new DomainError('forbidden', 'auth.permission_missing', 'This needs the permission "users.invite".');
}
