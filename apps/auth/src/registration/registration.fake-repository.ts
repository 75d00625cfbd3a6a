import type { Registration } from './registration.js';
import { RegistrationRepository } from './registration.repository.js';

/** Registrations in memory. */
export class FakeRegistrationRepository extends RegistrationRepository {
  private readonly waiting = new Map<string, Registration>();

  async add(registration: Registration, tokenHash: Buffer): Promise<void> {
    this.waiting.set(tokenHash.toString('hex'), registration);
  }

  async latestOf(email: string, now: Date): Promise<Registration | null> {
    const own = [...this.waiting.values()].filter((one) => one.email === email && one.expiresAt > now);
    return own.at(-1) ?? null;
  }

  async redeem(tokenHash: Buffer, now: Date): Promise<Registration | null> {
    const found = this.waiting.get(tokenHash.toString('hex'));
    if (found === undefined || found.expiresAt <= now) return null;
    for (const [key, { email }] of this.waiting) if (email === found.email) this.waiting.delete(key);
    return found;
  }
}
