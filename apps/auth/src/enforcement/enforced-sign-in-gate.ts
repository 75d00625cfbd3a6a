import { breakGlassUsed } from '#libs/contracts/auth';
import type { EventLog } from '#libs/events';
import { SsoRequired } from '../connection/connection.errors.js';
import { externalMethods, SignInGate, type SignInProof } from '../session/sign-in-gate.js';
import type { SignIn } from '../session/sign-in.js';
import type { User } from '../user/user.js';
import type { SignInEnforcement } from './sign-in-enforcement.js';

/** Before the gate: where people must come in by a connection, every other way is closed but to those who are named. */
export class EnforcedSignInGate extends SignInGate {
  constructor(
    private readonly next: SignInGate,
    private readonly enforcement: SignInEnforcement,
    private readonly events: EventLog,
  ) {
    super();
  }

  async execute(user: User, proof: SignInProof): Promise<SignIn> {
    if (externalMethods.includes(proof.method)) return this.next.execute(user, proof);
    const stand = await this.enforcement.standOf(user.id);
    if (stand === 'bound') throw new SsoRequired();
    const signIn = await this.next.execute(user, proof);
    if (stand === 'exempt') await this.events.append(breakGlassUsed, user.id, { userId: user.id });
    return signIn;
  }
}
