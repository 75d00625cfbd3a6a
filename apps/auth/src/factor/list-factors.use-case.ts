import { Injectable } from '@nestjs/common';
import type { Factors, FactorSummary } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { graceUntil, isRequiredOf } from '../sign-in-policy/sign-in-policy.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import { UserNotFound } from '../user/user.errors.js';
import { UserRepository } from '../user/user.repository.js';
import { FactorAccess } from './factor.access.js';
import { hasFactor, passkeyView, trustedDeviceView } from './factor.js';
import { FactorRepository, TrustedDeviceRepository } from './factor.repository.js';

/** What somebody has set up, for himself and for an admin. */
@Injectable()
export class ListFactors {
  constructor(
    private readonly factors: FactorRepository,
    private readonly devices: TrustedDeviceRepository,
    private readonly policies: SignInPolicyRepository,
    private readonly users: UserRepository,
    private readonly access: FactorAccess,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async mine(deviceToken: string | undefined): Promise<Factors> {
    const { session, user } = await this.unitOfWork.run(async () => this.access.session());
    const now = this.clock.now();
    const [known, policy, devices, current] = await Promise.all([
      this.factors.of(user.id),
      this.policies.current(),
      this.devices.of(user.id, now),
      deviceToken === undefined ? null : this.devices.byToken(user.id, sha256(deviceToken), now),
    ]);
    const { totp, passkeys, recoveryCodes } = known;
    const required = isRequiredOf(policy, user.role);
    const grace = required && !hasFactor(known) ? graceUntil(policy, user.createdAt) : null;
    return {
      totp:
        totp === null
          ? null
          : {
              createdAt: (totp.confirmedAt ?? now).toISOString(),
              lastUsedAt: totp.lastUsedAt?.toISOString() ?? null,
            },
      passkeys: passkeys.map(passkeyView),
      recoveryCodes:
        recoveryCodes === null
          ? null
          : { left: recoveryCodes.left, createdAt: recoveryCodes.createdAt.toISOString() },
      trustedDevices: devices.map((device) => trustedDeviceView(device, current?.id ?? null)),
      offered: policy.mfa !== 'off',
      required,
      graceUntil: grace?.toISOString() ?? null,
      unlocked: this.access.isUnlocked(session),
    };
  }

  /** @throws UserNotFound */
  async summary(userId: string): Promise<FactorSummary> {
    const user = await this.users.byId(userId);
    if (user === null) throw new UserNotFound();
    const [known, policy, devices] = await Promise.all([
      this.factors.of(userId),
      this.policies.current(),
      this.devices.of(userId, this.clock.now()),
    ]);
    return {
      ...{ userId, role: user.role, totp: known.totp !== null, passkeys: known.passkeys.length },
      recoveryCodesLeft: known.recoveryCodes?.left ?? 0,
      trustedDevices: devices.length,
      required: isRequiredOf(policy, user.role),
    };
  }
}
