import { Injectable } from '@nestjs/common';
import {
  linkPaths,
  registrationRequested,
  type Registration as RegistrationInput,
} from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { DemoMode } from '../demo/demo-mode.js';
import { linkTo, newLinkToken } from '../mail/link.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { acceptablePassword } from '../password/password.js';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { RequestBudget } from '../throttle/request-budget.js';
import { TooManyRequests } from '../throttle/throttle.errors.js';
import { UserRepository } from '../user/user.repository.js';
import { EmailDomainNotAllowed, RegistrationClosed } from './registration.errors.js';
import { mayRegister, REGISTRATION_LIFETIME_MS } from './registration.js';
import { RegistrationRepository } from './registration.repository.js';

const HOUR = 3_600;

/**
 * Takes the wish for an account. Whether the address is known here shows in the mail alone: to who asks, the answer,
 * and the hash that it costs, are the same.
 */
@Injectable()
export class Register {
  constructor(
    private readonly users: UserRepository,
    private readonly registrations: RegistrationRepository,
    private readonly profiles: TenantProfiles,
    private readonly hasher: PasswordHasher,
    private readonly demo: DemoMode,
    private readonly mails: MailOutbox,
    private readonly budget: RequestBudget,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws RegistrationClosed, EmailDomainNotAllowed, WeakPassword, TooManyRequests, HashingBusy */
  async execute(input: RegistrationInput, site: RequestSite): Promise<void> {
    const { email, name } = input;
    const profile = await this.profiles.current();
    if (!mayRegister(email, profile)) {
      throw profile.registration === 'domain' ? new EmailDomainNotAllowed() : new RegistrationClosed();
    }
    const password = this.demo.requireOwn(acceptablePassword(input.password, input));
    await this.requireBudget();
    const passwordHash = await this.hasher.hash(password);
    const origin = await this.profiles.linkOrigin(site);
    // So many mails an hour one address gets, whoever asks.
    const mayMail = await this.budget.allows(['register', currentTenant().id, email], 3, HOUR);
    if (!mayMail) return;
    await this.unitOfWork.run(async () => {
      const known = await this.users.byEmail(email);
      if (known !== null) {
        return this.mails.put({ template: 'account_exists', to: known, link: `${origin}/sign-in` });
      }
      const { token, hash } = newLinkToken();
      const [id, createdAt] = [newId(), this.clock.now()];
      const expiresAt = new Date(createdAt.getTime() + REGISTRATION_LIFETIME_MS);
      await this.registrations.add({ id, email, name, passwordHash, createdAt, expiresAt }, hash);
      const link = linkTo(origin, linkPaths.verification, token);
      await this.mails.put({ template: 'verification', to: { email, name }, link });
      await this.events.append(registrationRequested, id, { registrationId: id });
    });
  }

  private async requireBudget(): Promise<void> {
    const { ip } = currentContext();
    const allowed = await this.budget.allows(['register', currentTenant().id, ip ?? ''], 30, HOUR);
    if (!allowed) throw new TooManyRequests(HOUR);
  }
}
