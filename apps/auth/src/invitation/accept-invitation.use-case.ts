import { Injectable } from '@nestjs/common';
import { passwordChanged, userActivated } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { DemoMode } from '../demo/demo-mode.js';
import { CredentialRepository } from '../password/credential.repository.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { LinkInvalid } from '../password/password.errors.js';
import { acceptablePassword } from '../password/password.js';
import type { SignIn } from '../session/sign-in.js';
import { SignInGate } from '../session/sign-in-gate.js';
import { personOf } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { InvitationRepository } from './invitation.repository.js';
import { ReadInvitation } from './read-invitation.use-case.js';

export interface Acceptance {
  readonly token: string;
  readonly password: string;
  readonly name?: string | undefined;
}

/** Makes an invited person an active one, with a password of her own. The seat was taken with the invitation. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly reading: ReadInvitation,
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly demo: DemoMode,
    private readonly gate: SignInGate,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws LinkInvalid, WeakPassword, HashingBusy, SecondStepRequired, NetworkNotAllowed */
  async execute({ token, password: typed, name }: Acceptance): Promise<SignIn> {
    const invited = await this.reading.execute(token);
    const owner = { email: invited.email, name: name ?? invited.name };
    const password = this.demo.requireOwn(acceptablePassword(typed, owner));
    const passwordHash = await this.hasher.hash(password);
    const accepted = await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const invitation = await this.invitations.redeem(sha256(token), now);
      if (invitation === null) throw new LinkInvalid();
      const user = await this.users.lock(invitation.userId);
      if (user.status !== 'invited') throw new LinkInvalid();
      const active = await this.users.save({ ...user, name: owner.name, status: 'active', updatedAt: now });
      await this.credentials.save(user.id, passwordHash, now);
      await this.events.appendAll([
        occurrence(userActivated, user.id, personOf(active)),
        occurrence(passwordChanged, user.id, { userId: user.id, by: 'invitation' }),
      ]);
      return active;
    });
    return this.gate.execute(accepted, { method: 'invitation', amr: ['pwd'] });
  }
}
