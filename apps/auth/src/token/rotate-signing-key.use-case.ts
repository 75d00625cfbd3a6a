import type { KeyAnnouncer } from './key-announcer.js';
import type { SigningKeyRing } from './signing-key-ring.js';

/** What an operator does when a key may have leaked. */
export class RotateSigningKey {
  constructor(
    private readonly ring: SigningKeyRing,
    private readonly announcer: KeyAnnouncer,
  ) {}

  async execute(options: { revoke: boolean }): Promise<{ kid: string }> {
    const kid = await this.ring.rotate(options);
    this.announcer.rotated();
    return { kid };
  }
}
