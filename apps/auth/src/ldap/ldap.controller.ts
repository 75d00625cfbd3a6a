import { Controller } from '@nestjs/common';
import { checkLdap, readLdapFlow, signInByLdap } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { browserToken } from '../federation/browser.cookies.js';
import { nextPage } from '../saml/saml.controller.js';
import { CheckLdap } from './check-ldap.use-case.js';
import { SignInByLdap } from './sign-in-by-ldap.use-case.js';

@Controller()
export class LdapController {
  constructor(
    private readonly check: CheckLdap,
    private readonly signIn: SignInByLdap,
  ) {}

  @Endpoint(checkLdap)
  async look(@Input() { params, body }: InputOf<typeof checkLdap>): Promise<ResultOf<typeof checkLdap>> {
    return this.check.execute(params.connectionId, body);
  }

  @Endpoint(readLdapFlow)
  async flow(@Input() input: InputOf<typeof readLdapFlow>): Promise<ResultOf<typeof readLdapFlow>> {
    return this.signIn.describe({ ...input.body, ...originOf(input) });
  }

  @Endpoint(signInByLdap)
  async enter(@Input() input: InputOf<typeof signInByLdap>): Promise<ResultOf<typeof signInByLdap>> {
    const settled = await this.signIn.execute({ ...input.body, ...originOf(input) });
    return { next: nextPage(input.params.connectionId, settled) };
  }
}

function originOf({ params, scheme, headers }: InputOf<typeof readLdapFlow> | InputOf<typeof signInByLdap>) {
  return { connectionId: params.connectionId, browserToken: browserToken(scheme, headers) };
}
