import { Controller } from '@nestjs/common';
import { getSignInEnforcement, putSignInEnforcement } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { ChangeEnforcement } from './change-enforcement.use-case.js';
import { ShowEnforcement } from './show-enforcement.use-case.js';
import { enforcementView } from './enforcement.js';

@Controller()
export class EnforcementController {
  constructor(
    private readonly shown: ShowEnforcement,
    private readonly change: ChangeEnforcement,
  ) {}

  @Endpoint(getSignInEnforcement)
  async show(): Promise<ResultOf<typeof getSignInEnforcement>> {
    return enforcementView(await this.shown.execute());
  }

  @Endpoint(putSignInEnforcement)
  async put(
    @Input() { body }: InputOf<typeof putSignInEnforcement>,
  ): Promise<ResultOf<typeof putSignInEnforcement>> {
    return enforcementView(await this.change.execute(body));
  }
}
