import type { User } from '../user/user.js';
import type { SignIn } from './sign-in.js';
import { SignInGate, type SignInProof } from './sign-in-gate.js';
import type { StartSession } from './start-session.use-case.js';

/** Demands nothing. */
export class OpenSignInGate extends SignInGate {
  constructor(private readonly sessions: StartSession) {
    super();
  }

  async execute(user: User, proof: SignInProof): Promise<SignIn> {
    return this.sessions.execute(user, proof);
  }
}
