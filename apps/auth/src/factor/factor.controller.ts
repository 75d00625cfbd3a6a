import { Controller } from '@nestjs/common';
import {
  ACCESS_TOKEN_LIFETIME,
  addPasskey,
  beginPasskey,
  beginStepUp,
  beginTotp,
  confirmTotp,
  forgetDevice,
  forgetDevices,
  getUserFactors,
  listFactors,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  resetUserFactors,
  stepUp,
} from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { givenDeviceToken, withSessionCookie } from '../session/session.cookies.js';
import { ChangeFactors } from './change-factors.use-case.js';
import { passkeyView } from './factor.js';
import { ListFactors } from './list-factors.use-case.js';
import { ResetFactors } from './reset-factors.use-case.js';
import { StepUp } from './step-up.use-case.js';

@Controller()
export class FactorController {
  constructor(
    private readonly list: ListFactors,
    private readonly change: ChangeFactors,
    private readonly reset: ResetFactors,
    private readonly steppingUp: StepUp,
  ) {}

  @Endpoint(listFactors)
  async mine(@Input() input: InputOf<typeof listFactors>): Promise<ResultOf<typeof listFactors>> {
    return this.list.mine(givenDeviceToken(input));
  }

  @Endpoint(beginTotp)
  async startTotp(): Promise<ResultOf<typeof beginTotp>> {
    return this.change.beginTotp();
  }

  @Endpoint(confirmTotp)
  async finishTotp(@Input() { body }: InputOf<typeof confirmTotp>): Promise<ResultOf<typeof confirmTotp>> {
    return { recoveryCodes: listOf(await this.change.confirmTotp(body.code)) };
  }

  @Endpoint(removeTotp)
  async dropTotp(): Promise<ResultOf<typeof removeTotp>> {
    await this.change.removeTotp();
    return undefined;
  }

  @Endpoint(beginPasskey)
  async startPasskey(@Input() input: InputOf<typeof beginPasskey>): Promise<ResultOf<typeof beginPasskey>> {
    const { challengeId, options } = await this.change.beginPasskey(input);
    return { challengeId, options: { ...options } };
  }

  @Endpoint(addPasskey)
  async finishPasskey(@Input() input: InputOf<typeof addPasskey>): Promise<ResultOf<typeof addPasskey>> {
    const { challengeId, name, response } = input.body;
    const { passkey, recoveryCodes } = await this.change.addPasskey(challengeId, name, response, input);
    return { passkey: passkeyView(passkey), recoveryCodes: listOf(recoveryCodes) };
  }

  @Endpoint(removePasskey)
  async dropPasskey(
    @Input() { params }: InputOf<typeof removePasskey>,
  ): Promise<ResultOf<typeof removePasskey>> {
    await this.change.removePasskey(params.passkeyId);
    return undefined;
  }

  @Endpoint(renewRecoveryCodes)
  async renew(): Promise<ResultOf<typeof renewRecoveryCodes>> {
    return { recoveryCodes: [...(await this.change.renewRecoveryCodes())] };
  }

  @Endpoint(forgetDevice)
  async forgetOne(@Input() { params }: InputOf<typeof forgetDevice>): Promise<ResultOf<typeof forgetDevice>> {
    await this.change.forgetDevices(params.trustedDeviceId);
    return undefined;
  }

  @Endpoint(forgetDevices)
  async forgetAll(): Promise<ResultOf<typeof forgetDevices>> {
    await this.change.forgetDevices();
    return undefined;
  }

  @Endpoint(beginStepUp)
  async choices(@Input() input: InputOf<typeof beginStepUp>): Promise<ResultOf<typeof beginStepUp>> {
    const { methods, passkey } = await this.steppingUp.choices(input);
    const options = passkey === null ? null : { ...passkey, options: { ...passkey.options } };
    return { methods: [...methods], passkey: options };
  }

  @Endpoint(stepUp)
  async prove(@Input() input: InputOf<typeof stepUp>): Promise<ResultOf<typeof stepUp>> {
    const { accessToken, until } = await this.steppingUp.execute(input.body, input);
    const steppedUpUntil = until === undefined ? null : new Date(until * 1000).toISOString();
    return withSessionCookie(
      { accessToken, expiresIn: ACCESS_TOKEN_LIFETIME, steppedUpUntil },
      accessToken,
      input,
    );
  }

  @Endpoint(getUserFactors)
  async ofUser(
    @Input() { params }: InputOf<typeof getUserFactors>,
  ): Promise<ResultOf<typeof getUserFactors>> {
    return this.list.summary(params.userId);
  }

  @Endpoint(resetUserFactors)
  async resetOf(
    @Input() { params, body }: InputOf<typeof resetUserFactors>,
  ): Promise<ResultOf<typeof resetUserFactors>> {
    await this.reset.execute(params.userId, body.reason);
    return undefined;
  }
}

function listOf(codes: readonly string[] | null): string[] | null {
  return codes === null ? null : [...codes];
}
