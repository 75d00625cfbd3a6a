import type { User } from './user.js';

/** People of the current tenant. */
export abstract class UserRepository {
  /** False when somebody has the e-mail address already. @throws ManagerNotFound */
  abstract add(user: User): Promise<boolean>;

  abstract byId(id: string): Promise<User | null>;

  abstract byEmail(email: string): Promise<User | null>;

  /** Nobody else changes the user until the transaction ends. @throws UserNotFound */
  abstract lock(id: string): Promise<User>;

  /** Writes a user that was locked, as its next version. @throws ManagerNotFound */
  abstract save(user: User): Promise<User>;

  /**
   * Ids of the active owners if `id` is one of them, else none. They are locked, so that two cannot leave at once; that
   * comes before `lock`, or two changes could wait for each other.
   */
  abstract lockOwners(id: string): Promise<readonly string[]>;

  /** The manager, his manager and so on; himself first. At most 50. */
  abstract managersAbove(id: string): Promise<readonly string[]>;

  abstract recordLogin(id: string, at: Date): Promise<void>;
}
