/** Password hashes of the people of the current tenant. */
export abstract class CredentialRepository {
  abstract hashOf(userId: string): Promise<string | null>;

  /** In one query, whether or not there is such a person. */
  abstract hashOfEmail(email: string): Promise<string | null>;

  abstract save(userId: string, passwordHash: string, at: Date): Promise<void>;

  /** Replaces the hash by a dearer one of the same password, unless the password was changed meanwhile. */
  abstract upgrade(userId: string, outdated: string, passwordHash: string): Promise<void>;
}
