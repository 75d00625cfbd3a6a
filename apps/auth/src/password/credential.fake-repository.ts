import type { UserRepository } from '../user/user.repository.js';
import { CredentialRepository } from './credential.repository.js';

/** Hashes in memory. */
export class FakeCredentialRepository extends CredentialRepository {
  readonly hashes = new Map<string, string>();

  constructor(private readonly users: UserRepository) {
    super();
  }

  async hashOf(userId: string): Promise<string | null> {
    return this.hashes.get(userId) ?? null;
  }

  async hashOfEmail(email: string): Promise<string | null> {
    const user = await this.users.byEmail(email);
    return user === null ? null : this.hashOf(user.id);
  }

  async save(userId: string, passwordHash: string): Promise<void> {
    this.hashes.set(userId, passwordHash);
  }

  async upgrade(userId: string, outdated: string, passwordHash: string): Promise<void> {
    if (this.hashes.get(userId) === outdated) this.hashes.set(userId, passwordHash);
  }
}
