import { Controller } from '@nestjs/common';
import {
  answerSecondStep,
  beginPasskeyEnrolment,
  beginTotpEnrolment,
  enrolInSecondStep,
  passkeySignInOptions,
  secondStepPasskey,
  signInByPasskey,
} from '#libs/contracts/auth';
import { Endpoint, Input, Reply, type InputOf, type ResultOf } from '#libs/service';
import { signedInReply, trustedReply } from '../session/session.cookies.js';
import { AnswerSecondStep } from './answer-second-step.use-case.js';
import { EnrolInSecondStep } from './enrol-in-second-step.use-case.js';
import { SignInByPasskey } from './sign-in-by-passkey.use-case.js';

/** What comes between the password and the session, and the way in without a password. */
@Controller()
export class SecondStepController {
  constructor(
    private readonly answering: AnswerSecondStep,
    private readonly enrolling: EnrolInSecondStep,
    private readonly byPasskey: SignInByPasskey,
  ) {}

  @Endpoint(answerSecondStep)
  async answer(@Input() input: InputOf<typeof answerSecondStep>): Promise<ResultOf<typeof answerSecondStep>> {
    const { challengeId, trustDevice, delivery } = input.body;
    const { signIn, device } = await this.answering.execute(challengeId, input.body, trustDevice, input);
    return trustedReply(signIn, device, input, delivery);
  }

  @Endpoint(secondStepPasskey)
  async passkeyOptions(
    @Input() input: InputOf<typeof secondStepPasskey>,
  ): Promise<ResultOf<typeof secondStepPasskey>> {
    const { challengeId } = input.body;
    return { challengeId, options: { ...(await this.answering.passkeyOptions(challengeId, input)) } };
  }

  @Endpoint(beginTotpEnrolment)
  async enrolTotp(
    @Input() { body }: InputOf<typeof beginTotpEnrolment>,
  ): Promise<ResultOf<typeof beginTotpEnrolment>> {
    return this.enrolling.beginTotp(body.challengeId);
  }

  @Endpoint(beginPasskeyEnrolment)
  async enrolPasskey(
    @Input() input: InputOf<typeof beginPasskeyEnrolment>,
  ): Promise<ResultOf<typeof beginPasskeyEnrolment>> {
    const { challengeId } = input.body;
    return { challengeId, options: { ...(await this.enrolling.beginPasskey(challengeId, input)) } };
  }

  @Endpoint(enrolInSecondStep)
  async enrol(
    @Input() input: InputOf<typeof enrolInSecondStep>,
  ): Promise<ResultOf<typeof enrolInSecondStep>> {
    const { signIn, recoveryCodes } = await this.enrolling.execute(input.body, input);
    const { body, options } = signedInReply(signIn, input, input.body.delivery);
    return new Reply({ ...body, recoveryCodes: recoveryCodes === null ? null : [...recoveryCodes] }, options);
  }

  @Endpoint(passkeySignInOptions)
  async signInOptions(
    @Input() input: InputOf<typeof passkeySignInOptions>,
  ): Promise<ResultOf<typeof passkeySignInOptions>> {
    const { challengeId, options } = await this.byPasskey.options(input);
    return { challengeId, options: { ...options } };
  }

  @Endpoint(signInByPasskey)
  async signIn(@Input() input: InputOf<typeof signInByPasskey>): Promise<ResultOf<typeof signInByPasskey>> {
    const { challengeId, response, delivery } = input.body;
    return signedInReply(await this.byPasskey.execute(challengeId, response, input), input, delivery);
  }
}
