import { Injectable } from '@nestjs/common';
import { currentActor } from '#libs/tenancy';
import { OperatorNotFound } from './operator.errors.js';
import type { Operator } from './operator.js';
import { OperatorRepository } from './operator.repository.js';

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

@Injectable()
export class ShowOperator {
  constructor(private readonly operators: OperatorRepository) {}

  /** @throws OperatorNotFound also for the fixed token of the command line, which is nobody's */
  async execute(): Promise<Operator> {
    const { id } = currentActor();
    const operator = id !== null && uuid.test(id) ? await this.operators.byId(id) : null;
    if (operator === null) throw new OperatorNotFound();
    return operator;
  }
}
