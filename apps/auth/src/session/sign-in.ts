import type { User } from '../user/user.js';

/** Somebody who is signed in from now on, or still. */
export interface SignIn {
  readonly user: User;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds that the refresh token can be used. */
  readonly refreshableFor: number;
}
