import { Injectable } from '@nestjs/common';
import {
  factorRefused,
  recoveryCodeUsed,
  type FactorMethod,
  type PasskeyAssertion,
} from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant } from '#libs/tenancy';
import { MailOutbox } from '../mail/mail-outbox.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { LoginThrottle } from '../throttle/login-throttle.js';
import type { User } from '../user/user.js';
import { FactorRefused } from './factor.errors.js';
import { FactorRepository } from './factor.repository.js';
import { Passkeys } from './passkeys.js';
import { hashOfCode } from './recovery-code.js';
import { totpCounter } from './totp.js';

export type FactorProof =
  | { readonly method: 'totp' | 'recovery_code'; readonly code: string }
  | { readonly method: 'passkey'; readonly response: PasskeyAssertion };

type Refusal = 'wrong' | 'used_before' | 'unknown_passkey' | 'counter' | 'challenge';

export type Proved =
  | { readonly kind: 'proved'; readonly amr: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: Refusal };

/** Refusals of one account in a row that are written down. */
const TOLD = 10;

const refused = (reason: Refusal): Proved => ({ kind: 'refused', reason });
const proved = (...amr: string[]): Proved => ({ kind: 'proved', amr: [...amr, 'mfa'] });

/** Checks what somebody shows besides the password. What is right is spent with it: nothing is good twice. */
@Injectable()
export class ProveFactor {
  constructor(
    private readonly factors: FactorRepository,
    private readonly passkeys: Passkeys,
    private readonly throttle: LoginThrottle,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt of somebody around the check, as sign-in does with passwords.
   * @param check runs `execute` in a transaction of its own, so that a refusal is kept
   * @throws FactorRefused, TooManyAttempts
   */
  async guarded(user: User, method: FactorMethod, check: () => Promise<Proved>): Promise<readonly string[]> {
    const attempted = { realm: `${currentTenant().id}:factor`, email: user.email, ip: currentContext().ip };
    const attempt = await this.throttle.begin(attempted);
    let outcome: Proved;
    try {
      outcome = await check();
    } catch (error) {
      await attempt.abandoned();
      throw error;
    }
    if (outcome.kind === 'proved') {
      await attempt.succeeded();
      return outcome.amr;
    }
    const { account } = await attempt.failed();
    if (account <= TOLD) {
      await this.events.append(factorRefused, user.id, { userId: user.id, method, reason: outcome.reason });
    }
    throw new FactorRefused();
  }

  /** @param challenge what a passkey was asked to sign; null where it was asked for nothing */
  async execute(
    user: User,
    proof: FactorProof,
    challenge: string | null,
    site: RequestSite,
  ): Promise<Proved> {
    switch (proof.method) {
      case 'totp':
        return this.totp(user, proof.code);
      case 'recovery_code':
        return this.recoveryCode(user, proof.code);
      case 'passkey':
        return challenge === null
          ? refused('challenge')
          : this.passkey(user, proof.response, challenge, site);
    }
  }

  private async totp({ id }: User, code: string): Promise<Proved> {
    const secret = await this.factors.totpSecret(id);
    const now = this.clock.now();
    const counter = secret === null ? null : totpCounter(secret, code, now);
    if (counter === null) return refused('wrong');
    return (await this.factors.takeTotp(id, counter, now)) ? proved('otp') : refused('used_before');
  }

  private async recoveryCode(user: User, code: string): Promise<Proved> {
    if (!(await this.factors.spendRecoveryCode(user.id, hashOfCode(code), this.clock.now()))) {
      return refused('wrong');
    }
    const left = (await this.factors.of(user.id)).recoveryCodes?.left ?? 0;
    await this.events.append(recoveryCodeUsed, user.id, { userId: user.id, left });
    await this.mails.put({ template: 'recovery_code_used', to: user });
    return proved('otp');
  }

  private async passkey(
    { id }: User,
    response: PasskeyAssertion,
    challenge: string,
    site: RequestSite,
  ): Promise<Proved> {
    const passkey = await this.factors.passkeyByCredential(response.id);
    if (passkey?.userId !== id) return refused('unknown_passkey');
    const checked = await this.passkeys.checkAssertion(
      passkey,
      response,
      challenge,
      await this.passkeys.siteOf(site),
      false,
    );
    if (checked.kind !== 'right') return refused(checked.kind);
    if (!(await this.factors.usePasskey(passkey.id, checked.counter, this.clock.now()))) {
      return refused('counter');
    }
    return proved('pop', ...(checked.userVerified ? ['user'] : []));
  }
}
