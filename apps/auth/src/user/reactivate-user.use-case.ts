import { Injectable } from '@nestjs/common';
import { userReactivated } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { CredentialRepository } from '../password/credential.repository.js';
import { personOf, requireOwnerFor, type User } from './user.js';
import { UserRepository } from './user.repository.js';

/** Gives access back and takes a seat. Who never had a password is invited again. */
@Injectable()
export class ReactivateUser {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFound, OwnerOnly, DomainError `limit.users_exceeded` */
  async execute(id: string): Promise<User> {
    return this.unitOfWork.run(async () => {
      const before = await this.users.lock(id);
      requireOwnerFor(currentActor(), before.role);
      if (before.status !== 'deactivated') return before;
      const status = (await this.credentials.hashOf(id)) === null ? 'invited' : 'active';
      const user = await this.users.save({ ...before, status, updatedAt: this.clock.now() });
      await this.entitlements.take('users', 1);
      await this.events.append(userReactivated, id, personOf(user));
      return user;
    });
  }
}
