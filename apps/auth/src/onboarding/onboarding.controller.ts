import { Controller } from '@nestjs/common';
import { digestUsers, importUsers, setDemoOperators, setDemoPasswords } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { SetDemoOperators } from '../demo/set-demo-operators.use-case.js';
import { SetDemoPasswords } from '../demo/set-demo-passwords.use-case.js';
import { DigestUsers } from './digest-users.use-case.js';
import { ImportUsers } from './import-users.use-case.js';

@Controller()
export class OnboardingController {
  constructor(
    private readonly importing: ImportUsers,
    private readonly digesting: DigestUsers,
    private readonly demoPasswords: SetDemoPasswords,
    private readonly demoOperators: SetDemoOperators,
  ) {}

  @Endpoint(importUsers)
  async import(@Input() { body }: InputOf<typeof importUsers>): Promise<ResultOf<typeof importUsers>> {
    return this.importing.execute(body.rows);
  }

  @Endpoint(digestUsers)
  async digest(): Promise<ResultOf<typeof digestUsers>> {
    return this.digesting.execute();
  }

  @Endpoint(setDemoPasswords)
  async passwords(
    @Input() { body }: InputOf<typeof setDemoPasswords>,
  ): Promise<ResultOf<typeof setDemoPasswords>> {
    await this.demoPasswords.execute(body.accounts);
    return undefined;
  }

  @Endpoint(setDemoOperators)
  async operators(
    @Input() { body }: InputOf<typeof setDemoOperators>,
  ): Promise<ResultOf<typeof setDemoOperators>> {
    await this.demoOperators.execute(body.accounts);
    return undefined;
  }
}
