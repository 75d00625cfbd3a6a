import { Injectable } from '@nestjs/common';
import { signInPolicyChanged, type SignInPolicyInput } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { NetworkInvalid, PolicyChanged, RolesMissing, WouldLockOut } from './sign-in-policy.errors.js';
import {
  changedPolicy,
  isAboutSessions,
  isWithin,
  networkOf,
  rulesOf,
  type SignInPolicy,
} from './sign-in-policy.js';
import { SessionRevocations } from '../session/session-revocations.js';
import { SignInPolicyRepository } from './sign-in-policy.repository.js';

/** Changes how people sign in. Sessions that are open have to be refreshed at once where it is about them, and follow it there. */
@Injectable()
export class ChangeSignInPolicy {
  constructor(
    private readonly policies: SignInPolicyRepository,
    private readonly revocations: SessionRevocations,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NetworkInvalid, RolesMissing, WouldLockOut, PolicyChanged */
  async execute(input: SignInPolicyInput, seenVersion: string): Promise<SignInPolicy> {
    const odd = input.allowedNetworks.flatMap((text, index) =>
      networkOf(text) === undefined ? [index] : [],
    );
    if (odd.length > 0) throw new NetworkInvalid(odd);
    if (input.mfa === 'roles' && input.mfaRoles.length === 0) throw new RolesMissing();
    const { ip } = currentContext();
    if (!input.confirmLockout && !isWithin(input.allowedNetworks, ip)) throw new WouldLockOut(ip);
    const { after, changed } = await this.unitOfWork.run(async () => {
      const before = await this.policies.current();
      if (String(before.version) !== seenVersion) throw new PolicyChanged();
      const after = changedPolicy(before, input, this.clock.now());
      if (!(await this.policies.save(after))) throw new PolicyChanged();
      const [was, is] = [rulesOf(before), rulesOf(after)];
      const changed = (Object.keys(is) as (keyof typeof is)[]).filter(
        (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
      );
      if (changed.length > 0) {
        await this.events.append(signInPolicyChanged, currentTenant().id, { ...is, changed });
      }
      return { after, changed };
    });
    if (isAboutSessions(changed)) await this.revocations.announceRules(currentTenant().id, this.clock.now());
    return after;
  }
}
