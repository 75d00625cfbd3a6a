import { Injectable } from '@nestjs/common';
import { passwordChanged, userActivated, userCreated } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { Entitlements } from '#libs/entitlements';
import { EventLog, occurrence } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { CredentialRepository } from '../password/credential.repository.js';
import { LinkInvalid } from '../password/password.errors.js';
import { TenantProfiles } from '../tenant/tenant-profile.js';
import { createUser, personOf } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { RegistrationClosed } from './registration.errors.js';
import { mayRegister } from './registration.js';
import { RegistrationRepository } from './registration.repository.js';

/** Makes a registered person a learner of the academy: the address is proved, and a seat is taken. */
@Injectable()
export class VerifyEmail {
  constructor(
    private readonly registrations: RegistrationRepository,
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly profiles: TenantProfiles,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws LinkInvalid, RegistrationClosed, DomainError `limit.users_exceeded` (the link stays good) */
  async execute(token: string): Promise<void> {
    const profile = await this.profiles.current();
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const registration = await this.registrations.redeem(sha256(token), now);
      if (registration === null) throw new LinkInvalid();
      const { email, name, passwordHash } = registration;
      // The academy may have closed its doors since.
      if (!mayRegister(email, profile)) throw new RegistrationClosed();
      const user = createUser(newId(), { email, name, role: 'learner' }, 'active', now);
      if (!(await this.users.add(user))) throw new LinkInvalid();
      await this.credentials.save(user.id, passwordHash, now);
      await this.entitlements.take('users', 1);
      await this.events.appendAll([
        occurrence(userCreated, user.id, personOf(user)),
        occurrence(userActivated, user.id, personOf(user)),
        occurrence(passwordChanged, user.id, { userId: user.id, by: 'registration' }),
      ]);
    });
  }
}
