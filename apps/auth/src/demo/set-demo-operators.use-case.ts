import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import { OperatorRepository } from '../operator/operator.repository.js';
import type { NewOperator } from '../operator/create-operator.use-case.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { DemoMode } from './demo-mode.js';
import { NotADemo } from './demo.errors.js';

/** Makes the operators of a demo, or sets their passwords. What is right already is left alone. */
@Injectable()
export class SetDemoOperators {
  constructor(
    private readonly demo: DemoMode,
    private readonly operators: OperatorRepository,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotADemo */
  async execute(accounts: readonly NewOperator[]): Promise<void> {
    if (!this.demo.isOn) throw new NotADemo();
    for (const account of accounts) await this.set(account);
  }

  private async set({ email, name, password }: NewOperator): Promise<void> {
    const known = await this.operators.byEmail(email);
    if (known !== null && (await this.hasher.verify(password, known.passwordHash))) return;
    const passwordHash = await this.hasher.hash(password);
    if (known !== null) await this.operators.savePassword(known.operator.id, passwordHash);
    else await this.operators.add({ id: newId(), email, name }, passwordHash, this.clock.now());
  }
}
