import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { EnforcementRepository } from './enforcement.repository.js';

/** The rule as it stands now. A plan without connections cannot lock anybody out: then passwords are for everybody. */
@Injectable()
export class SignInEnforcement {
  constructor(
    private readonly enforcements: EnforcementRepository,
    private readonly entitlements: Entitlements,
  ) {}

  async isOn(): Promise<boolean> {
    return (await this.enforcements.current()).enforced && (await this.entitlements.may('sso'));
  }

  /** Whether the user is bound by it, is an exception to it, or it does not hold. */
  async standOf(userId: string): Promise<'off' | 'bound' | 'exempt'> {
    const { enforced, breakGlassUserIds } = await this.enforcements.current();
    if (!enforced || !(await this.entitlements.may('sso'))) return 'off';
    return breakGlassUserIds.includes(userId) ? 'exempt' : 'bound';
  }
}
