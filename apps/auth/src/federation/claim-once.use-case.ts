import { Injectable } from '@nestjs/common';
import { sha256 } from '#libs/crypto';
import { Clock } from '#libs/kernel';
import { OneTimeStore } from './one-time-store.js';
import { UsedProofs } from './used-proofs.js';

/**
 * Lets one proof count once, however many arrive at once: Redis turns the crowd away, and Postgres has the last word, so
 * that a Redis that forgot lets nothing in twice.
 */
@Injectable()
export class ClaimOnce {
  constructor(
    private readonly store: OneTimeStore,
    private readonly proofs: UsedProofs,
    private readonly clock: Clock,
  ) {}

  async execute(parts: readonly string[], until: Date): Promise<boolean> {
    const proof = JSON.stringify(parts);
    const seconds = Math.ceil((until.getTime() - this.clock.now().getTime()) / 1000);
    if (!(await this.store.claim('proof', proof, seconds))) return false;
    return this.proofs.claim(sha256(proof), until);
  }
}
