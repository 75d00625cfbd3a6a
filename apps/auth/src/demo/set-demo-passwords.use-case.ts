import { Injectable } from '@nestjs/common';
import { passwordChanged, userActivated } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { CredentialRepository } from '../password/credential.repository.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { personOf } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { DemoMode } from './demo-mode.js';
import { NotADemo } from './demo.errors.js';

export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

/** Gives demo accounts their passwords, so that a visitor can sign in. One that is right already is left alone. */
@Injectable()
export class SetDemoPasswords {
  constructor(
    private readonly demo: DemoMode,
    private readonly users: UserRepository,
    private readonly invitations: InvitationRepository,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Who was erased from the demo stays so. @throws NotADemo */
  async execute(accounts: readonly DemoAccount[]): Promise<void> {
    if (!this.demo.isOn) throw new NotADemo();
    await Promise.all(accounts.map(async (account) => this.set(account)));
  }

  private async set({ email, password }: DemoAccount): Promise<void> {
    const user = await this.users.byEmail(email);
    if (user === null) return;
    const known = await this.credentials.hashOf(user.id);
    if (known !== null && user.status === 'active' && (await this.hasher.verify(password, known))) return;
    const passwordHash = await this.hasher.hash(password);
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const before = await this.users.lock(user.id);
      await this.credentials.save(user.id, passwordHash, now);
      const changed = occurrence(passwordChanged, user.id, { userId: user.id, by: 'demo' });
      if (before.status !== 'invited') return this.events.appendAll([changed]);
      await this.invitations.removeOf(user.id);
      const active = await this.users.save({ ...before, status: 'active', updatedAt: now });
      return this.events.appendAll([occurrence(userActivated, user.id, personOf(active)), changed]);
    });
  }
}
