import { PasswordHasher } from './password-hasher.js';

/** Hashes that can be read. Counts what it was asked, since what costs time must be asked alike for everybody. */
export class FakePasswordHasher extends PasswordHasher {
  verified = 0;

  async hash(password: string): Promise<string> {
    return `new:${password}`;
  }

  async verify(password: string, hash: string | null): Promise<boolean> {
    this.verified += 1;
    return hash !== null && hash.slice(hash.indexOf(':') + 1) === password;
  }

  isOutdated(hash: string): boolean {
    return hash.startsWith('old:');
  }
}
