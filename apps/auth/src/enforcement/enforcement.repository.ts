import type { Enforcement } from './enforcement.js';

/** The rule of the current tenant. */
export abstract class EnforcementRepository {
  abstract current(): Promise<Enforcement>;

  abstract save(enforcement: Enforcement): Promise<void>;

  /** Of these users, the active owners who have a password. */
  abstract ownersWithPassword(userIds: readonly string[]): Promise<readonly string[]>;

  /** Open sessions that did not come by a connection, but those of the users named. */
  abstract passwordSessions(except: readonly string[]): Promise<readonly { id: string; userId: string }[]>;
}
