import { Injectable } from '@nestjs/common';
import { userUpdated, type ProfilePatch } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { personOf, type User } from './user.js';
import { UserRepository } from './user.repository.js';

/** What people change about themselves. */
@Injectable()
export class UpdateProfile {
  constructor(
    private readonly users: UserRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, { name, locale, timeZone }: ProfilePatch): Promise<User> {
    return this.unitOfWork.run(async () => {
      const before = await this.users.lock(userId);
      const changed = {
        name: name ?? before.name,
        locale: locale === undefined ? before.locale : locale,
        timeZone: timeZone === undefined ? before.timeZone : timeZone,
      };
      const user = await this.users.save({ ...before, ...changed, updatedAt: this.clock.now() });
      await this.events.append(userUpdated, userId, personOf(user));
      return user;
    });
  }
}
