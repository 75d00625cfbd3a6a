import { Controller } from '@nestjs/common';
import { changePassword, forgotPassword, resetPassword } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { requireUserId } from '#libs/tenancy';
import { AskPasswordReset } from './ask-password-reset.use-case.js';
import { ChangePassword } from './change-password.use-case.js';
import { ResetPassword } from './reset-password.use-case.js';

@Controller()
export class PasswordController {
  constructor(
    private readonly asking: AskPasswordReset,
    private readonly resetting: ResetPassword,
    private readonly changing: ChangePassword,
  ) {}

  @Endpoint(forgotPassword)
  async forgot(@Input() input: InputOf<typeof forgotPassword>): Promise<ResultOf<typeof forgotPassword>> {
    await this.asking.execute(input.body.email, input);
    return undefined;
  }

  @Endpoint(resetPassword)
  async reset(@Input() { body }: InputOf<typeof resetPassword>): Promise<ResultOf<typeof resetPassword>> {
    await this.resetting.execute(body.token, body.password);
    return undefined;
  }

  @Endpoint(changePassword)
  async change(@Input() { body }: InputOf<typeof changePassword>): Promise<ResultOf<typeof changePassword>> {
    await this.changing.execute(requireUserId(), body);
    return undefined;
  }
}
