import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { notEnforced, type Enforcement } from './enforcement.js';
import { EnforcementRepository } from './enforcement.repository.js';

/** The rule as it stands now. A plan without connections cannot lock anybody out: then passwords are for everybody. */
@Injectable()
export class SignInEnforcement {
  constructor(
    private readonly enforcements: EnforcementRepository,
    private readonly entitlements: Entitlements,
  ) {}

  async current(): Promise<Enforcement> {
    const current = await this.enforcements.current();
    return current.enforced && !(await this.entitlements.may('sso')) ? notEnforced : current;
  }

  async isOn(): Promise<boolean> {
    return (await this.current()).enforced;
  }

  /** Whether the user is bound by it, is an exception to it, or it does not hold. */
  async standOf(userId: string): Promise<'off' | 'bound' | 'exempt'> {
    const { enforced, breakGlassUserIds } = await this.current();
    if (!enforced) return 'off';
    return breakGlassUserIds.includes(userId) ? 'exempt' : 'bound';
  }
}
