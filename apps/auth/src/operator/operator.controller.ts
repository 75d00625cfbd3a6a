import { Controller } from '@nestjs/common';
import {
  createOperator,
  getOperatorMe,
  operatorLogin,
  operatorLogout,
  operatorRefresh,
} from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import {
  givenRefreshToken,
  operatorReply,
  requiredRefreshToken,
  signedOutReply,
} from '../session/session.cookies.js';
import { CreateOperator } from './create-operator.use-case.js';
import { LogInOperator } from './log-in-operator.use-case.js';
import { LogOutOperator } from './log-out-operator.use-case.js';
import { RefreshOperator } from './refresh-operator.use-case.js';
import { ShowOperator } from './show-operator.use-case.js';

@Controller()
export class OperatorController {
  constructor(
    private readonly logIn: LogInOperator,
    private readonly refreshing: RefreshOperator,
    private readonly logOut: LogOutOperator,
    private readonly showing: ShowOperator,
    private readonly creating: CreateOperator,
  ) {}

  @Endpoint(operatorLogin)
  async login(@Input() input: InputOf<typeof operatorLogin>): Promise<ResultOf<typeof operatorLogin>> {
    const { email, password } = input.body;
    return operatorReply(await this.logIn.execute(email, password), input, 'cookies');
  }

  @Endpoint(operatorRefresh)
  async refresh(@Input() input: InputOf<typeof operatorRefresh>): Promise<ResultOf<typeof operatorRefresh>> {
    const { token, delivery } = requiredRefreshToken(input.body, input);
    return operatorReply(await this.refreshing.execute(token), input, delivery);
  }

  @Endpoint(operatorLogout)
  async logout(@Input() input: InputOf<typeof operatorLogout>): Promise<ResultOf<typeof operatorLogout>> {
    await this.logOut.execute(givenRefreshToken(input.body, input)?.token);
    return signedOutReply(input);
  }

  @Endpoint(getOperatorMe)
  async me(): Promise<ResultOf<typeof getOperatorMe>> {
    return this.showing.execute();
  }

  @Endpoint(createOperator)
  async create(@Input() { body }: InputOf<typeof createOperator>): Promise<ResultOf<typeof createOperator>> {
    return this.creating.execute(body);
  }
}
