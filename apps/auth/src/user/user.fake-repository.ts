import { UserNotFound } from './user.errors.js';
import type { User } from './user.js';
import { UserRepository } from './user.repository.js';

/** People in memory. */
export class FakeUserRepository extends UserRepository {
  readonly users = new Map<string, User>();

  with(...users: readonly User[]): this {
    for (const user of users) this.users.set(user.id, user);
    return this;
  }

  async add(user: User): Promise<boolean> {
    if ((await this.byEmail(user.email)) !== null) return false;
    this.users.set(user.id, user);
    return true;
  }

  async byId(id: string): Promise<User | null> {
    return this.users.get(id) ?? null;
  }

  async byEmail(email: string): Promise<User | null> {
    return [...this.users.values()].find((user) => user.email === email) ?? null;
  }

  async lock(id: string): Promise<User> {
    const user = await this.byId(id);
    if (user === null) throw new UserNotFound();
    return user;
  }

  async save(user: User): Promise<User> {
    const saved = { ...user, version: user.version + 1 };
    this.users.set(user.id, saved);
    return saved;
  }

  async lockOwners(id: string): Promise<readonly string[]> {
    const users = [...this.users.values()];
    const owners = users.filter(({ role, status }) => role === 'owner' && status === 'active');
    return owners.some((owner) => owner.id === id) ? owners.map((owner) => owner.id) : [];
  }

  async managersAbove(id: string): Promise<readonly string[]> {
    const above: string[] = [];
    for (let next = this.users.get(id); next !== undefined && above.length < 50;) {
      above.push(next.id);
      next = next.managerId === null ? undefined : this.users.get(next.managerId);
    }
    return above;
  }

  async recordLogin(id: string, at: Date): Promise<void> {
    const user = await this.lock(id);
    this.users.set(id, { ...user, lastLoginAt: at });
  }
}
