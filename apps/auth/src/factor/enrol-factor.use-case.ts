import { Injectable } from '@nestjs/common';
import { factorAdded, recoveryCodesRenewed, type PasskeyRegistration } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { MailOutbox } from '../mail/mail-outbox.js';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import type { User } from '../user/user.js';
import { CHALLENGE_SECONDS } from './challenge.js';
import {
  PasskeyExists,
  PasskeyRefused,
  TooManyPasskeys,
  TotpExists,
  TotpNotBegun,
  TotpWrong,
} from './factor.errors.js';
import { MOST_PASSKEYS, type Passkey } from './factor.js';
import { FactorRepository } from './factor.repository.js';
import { Passkeys } from './passkeys.js';
import { newRecoveryCodes } from './recovery-code.js';
import { newTotpSecret, totpCounter, totpSetupOf } from './totp.js';

/** Sets factors up, for somebody who has proved who he is. Everything within the transaction of the caller. */
@Injectable()
export class EnrolFactor {
  constructor(
    private readonly factors: FactorRepository,
    private readonly passkeys: Passkeys,
    private readonly profiles: TenantProfiles,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @throws TotpExists */
  async beginTotp(user: User) {
    if ((await this.factors.of(user.id)).totp !== null) throw new TotpExists();
    const secret = newTotpSecret();
    await this.factors.putPendingTotp(user.id, secret, this.clock.now());
    return totpSetupOf(secret, (await this.profiles.current()).name, user.email);
  }

  /** @throws TotpExists, TotpNotBegun, TotpWrong */
  async confirmTotp(user: User, code: string): Promise<readonly string[] | null> {
    const now = this.clock.now();
    if ((await this.factors.of(user.id)).totp !== null) throw new TotpExists();
    const secret = await this.factors.pendingTotp(
      user.id,
      new Date(now.getTime() - CHALLENGE_SECONDS * 1000),
    );
    if (secret === null) throw new TotpNotBegun();
    const counter = totpCounter(secret, code, now);
    if (counter === null) throw new TotpWrong();
    await this.factors.confirmTotp(user.id, counter, now);
    return this.added(user, 'totp', null);
  }

  /** @throws TooManyPasskeys */
  async passkeyOptions(user: User, site: RequestSite) {
    const { passkeys } = await this.factors.of(user.id);
    if (passkeys.length >= MOST_PASSKEYS) throw new TooManyPasskeys(MOST_PASSKEYS);
    return this.passkeys.registrationOptions(user, await this.passkeys.siteOf(site), passkeys);
  }

  /** @throws PasskeyRefused, PasskeyExists */
  async addPasskey(
    user: User,
    name: string,
    response: PasskeyRegistration,
    challenge: string | null,
    site: RequestSite,
  ): Promise<{ readonly passkey: Passkey; readonly recoveryCodes: readonly string[] | null }> {
    const here = await this.passkeys.siteOf(site);
    const made = challenge === null ? null : await this.passkeys.checkRegistration(response, challenge, here);
    if (made === null) throw new PasskeyRefused();
    const passkey: Passkey = {
      id: newId(),
      userId: user.id,
      credentialId: made.credential.id,
      publicKey: Buffer.from(made.credential.publicKey),
      counter: made.credential.counter,
      rpId: here.rpId,
      transports: response.response.transports ?? [],
      synced: made.credentialBackedUp,
      name,
      createdAt: this.clock.now(),
      lastUsedAt: null,
    };
    if (!(await this.factors.addPasskey(passkey))) throw new PasskeyExists();
    return { passkey, recoveryCodes: await this.added(user, 'passkey', name) };
  }

  /** In place of all earlier ones. */
  async renewRecoveryCodes({ id }: User): Promise<readonly string[]> {
    const { codes, hashes } = newRecoveryCodes();
    await this.factors.replaceRecoveryCodes(id, hashes, this.clock.now());
    await this.events.append(recoveryCodesRenewed, id, { userId: id, count: codes.length });
    return codes;
  }

  private async added(user: User, method: 'totp' | 'passkey', name: string | null) {
    await this.events.append(factorAdded, user.id, { userId: user.id, method, name });
    await this.mails.put({ template: 'factor_added', to: user });
    const { recoveryCodes } = await this.factors.of(user.id);
    return recoveryCodes !== null && recoveryCodes.left > 0 ? null : this.renewRecoveryCodes(user);
  }
}
