import { Controller } from '@nestjs/common';
import {
  ACCESS_TOKEN_LIFETIME,
  gotrueGetUser,
  gotrueLogout,
  gotrueToken,
  type GotrueUser,
} from '#libs/contracts/auth';
import { Clock, DomainError } from '#libs/kernel';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { currentActor, requireUserId } from '#libs/tenancy';
import { EndOtherSessions } from '../session/end-other-sessions.use-case.js';
import { EndSession } from '../session/end-session.use-case.js';
import { LogIn } from '../session/log-in.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import type { SignIn } from '../session/sign-in.js';
import { GetUser } from '../user/get-user.use-case.js';
import type { User } from '../user/user.js';

/** GoTrue's words for what the use cases of every other sign-in do. There is no second way to a session. */
@Controller()
export class GotrueController {
  constructor(
    private readonly logIn: LogIn,
    private readonly refreshing: RefreshSession,
    private readonly users: GetUser,
    private readonly end: EndSession,
    private readonly endOthers: EndOtherSessions,
    private readonly clock: Clock,
  ) {}

  @Endpoint(gotrueToken)
  async token(@Input() { query, body }: InputOf<typeof gotrueToken>): Promise<ResultOf<typeof gotrueToken>> {
    const { email, password, refresh_token: refresh } = body;
    if (query.grant_type === 'refresh_token') {
      if (refresh === undefined) throw missing('/refresh_token');
      return this.session(await spoken(this.refreshing.execute(refresh)));
    }
    if (email === undefined || password === undefined) {
      throw missing(email === undefined ? '/email' : '/password');
    }
    return this.session(await spoken(this.logIn.execute(email, password)));
  }

  @Endpoint(gotrueGetUser)
  async user(): Promise<ResultOf<typeof gotrueGetUser>> {
    return userOf(await this.users.execute(requireUserId()));
  }

  @Endpoint(gotrueLogout)
  async logout(@Input() { query }: InputOf<typeof gotrueLogout>): Promise<ResultOf<typeof gotrueLogout>> {
    const userId = requireUserId();
    const { sessionId } = currentActor();
    if (query.scope !== 'local') await this.endOthers.execute(userId);
    if (query.scope !== 'others' && sessionId !== null) await this.end.execute(sessionId, userId, 'logout');
    return undefined;
  }

  private session({ accessToken, refreshToken, user }: SignIn) {
    return {
      access_token: accessToken,
      token_type: 'bearer' as const,
      expires_in: ACCESS_TOKEN_LIFETIME,
      expires_at: Math.floor(this.clock.now().getTime() / 1000) + ACCESS_TOKEN_LIFETIME,
      refresh_token: refreshToken,
      user: userOf(user),
    };
  }
}

function userOf(user: User): GotrueUser {
  const { id, email, name, role, locale } = user;
  const createdAt = user.createdAt.toISOString();
  return {
    ...{ id, email, aud: 'authenticated', role: 'authenticated', phone: '', is_anonymous: false },
    // Whoever signs in here has followed a link in a mail, or was brought in by the academy.
    ...{ email_confirmed_at: createdAt, confirmed_at: createdAt, created_at: createdAt },
    last_sign_in_at: user.lastLoginAt?.toISOString() ?? null,
    updated_at: user.updatedAt.toISOString(),
    app_metadata: { provider: 'email', providers: ['email'], role },
    user_metadata: { name, locale },
    identities: [],
  };
}

/** GoTrue answers these with 400 and its own words; its clients look for them. */
const words: Readonly<Record<string, string>> = {
  'auth.invalid_credentials': 'Invalid login credentials',
  'auth.email_not_verified': 'Email not confirmed',
  'auth.session_ended': 'Invalid Refresh Token: Refresh Token Not Found',
  'auth.sso_required': 'Email logins are disabled',
};

async function spoken<R>(work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch (error) {
    const said = error instanceof DomainError ? words[error.code] : undefined;
    if (said === undefined || !(error instanceof DomainError)) throw error;
    throw new DomainError('invalid', error.code, said, { cause: error });
  }
}

function missing(pointer: string): DomainError {
  return new DomainError('invalid', 'request.invalid', `The request is not valid: ${pointer} is missing.`, {
    faults: [{ pointer, code: 'required', detail: 'is missing.' }],
  });
}
