import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import { DemoMode } from '../demo/demo-mode.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { acceptablePassword } from '../password/password.js';
import { OperatorAlreadyExists } from './operator.errors.js';
import type { Operator } from './operator.js';
import { OperatorRepository } from './operator.repository.js';

export interface NewOperator {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

@Injectable()
export class CreateOperator {
  constructor(
    private readonly operators: OperatorRepository,
    private readonly hasher: PasswordHasher,
    private readonly demo: DemoMode,
    private readonly clock: Clock,
  ) {}

  /** @throws WeakPassword, OperatorAlreadyExists */
  async execute({ email, name, password: typed }: NewOperator): Promise<Operator> {
    const password = this.demo.requireOwn(acceptablePassword(typed, { email, name }));
    const operator = { id: newId(), email, name };
    const passwordHash = await this.hasher.hash(password);
    if (!(await this.operators.add(operator, passwordHash, this.clock.now()))) {
      throw new OperatorAlreadyExists();
    }
    return operator;
  }
}
