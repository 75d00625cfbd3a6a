import { CredentialRepository } from './credential.repository.js';

/** Hashes in memory. */
export class FakeCredentialRepository extends CredentialRepository {
  readonly hashes = new Map<string, string>();

  async hashOf(userId: string): Promise<string | null> {
    return this.hashes.get(userId) ?? null;
  }

  async save(userId: string, passwordHash: string): Promise<void> {
    this.hashes.set(userId, passwordHash);
  }

  async upgrade(userId: string, outdated: string, passwordHash: string): Promise<void> {
    if (this.hashes.get(userId) === outdated) this.hashes.set(userId, passwordHash);
  }
}
