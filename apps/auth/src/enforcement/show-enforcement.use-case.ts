import { Injectable } from '@nestjs/common';
import { EnforcementRepository } from './enforcement.repository.js';
import type { Enforcement } from './enforcement.js';

@Injectable()
export class ShowEnforcement {
  constructor(private readonly enforcements: EnforcementRepository) {}

  async execute(): Promise<Enforcement> {
    return this.enforcements.current();
  }
}
