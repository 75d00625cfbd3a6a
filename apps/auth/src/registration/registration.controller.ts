import { Controller } from '@nestjs/common';
import { register, verifyEmail } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { Register } from './register.use-case.js';
import { VerifyEmail } from './verify-email.use-case.js';

@Controller()
export class RegistrationController {
  constructor(
    private readonly registering: Register,
    private readonly verifying: VerifyEmail,
  ) {}

  @Endpoint(register)
  async register(@Input() input: InputOf<typeof register>): Promise<ResultOf<typeof register>> {
    await this.registering.execute(input.body, input);
    return { status: 'verification_sent' };
  }

  @Endpoint(verifyEmail)
  async verify(@Input() { body }: InputOf<typeof verifyEmail>): Promise<ResultOf<typeof verifyEmail>> {
    await this.verifying.execute(body.token);
    return undefined;
  }
}
