import { Controller } from '@nestjs/common';
import { getSignInPolicy, putSignInPolicy } from '#libs/contracts/auth';
import { Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { currentContext } from '#libs/tenancy';
import { ChangeSignInPolicy } from './change-sign-in-policy.use-case.js';
import { policyView, type SignInPolicy } from './sign-in-policy.js';
import { ShowSignInPolicy } from './show-sign-in-policy.use-case.js';

@Controller()
export class SignInPolicyController {
  constructor(
    private readonly policy: ShowSignInPolicy,
    private readonly change: ChangeSignInPolicy,
  ) {}

  @Endpoint(getSignInPolicy)
  async show(): Promise<ResultOf<typeof getSignInPolicy>> {
    return tagged(await this.policy.execute());
  }

  @Endpoint(putSignInPolicy)
  async replace(@Input() input: InputOf<typeof putSignInPolicy>): Promise<ResultOf<typeof putSignInPolicy>> {
    return tagged(await this.change.execute(input.body, input.ifMatch));
  }
}

function tagged(policy: SignInPolicy) {
  return withETag(policyView(policy, currentContext().ip), policy.version);
}
