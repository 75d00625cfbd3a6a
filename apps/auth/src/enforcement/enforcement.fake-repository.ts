import { EnforcementRepository } from './enforcement.repository.js';
import { notEnforced, type Enforcement } from './enforcement.js';

/** A rule in memory; whoever is asked for is an owner with a password. */
export class FakeEnforcementRepository extends EnforcementRepository {
  constructor(public enforcement: Enforcement = notEnforced) {
    super();
  }

  async current(): Promise<Enforcement> {
    return this.enforcement;
  }

  async save(enforcement: Enforcement): Promise<void> {
    this.enforcement = enforcement;
  }

  async ownersWithPassword(userIds: readonly string[]): Promise<readonly string[]> {
    return userIds;
  }

  async passwordSessions(): Promise<readonly { id: string; userId: string }[]> {
    return [];
  }
}
