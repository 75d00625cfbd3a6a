import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '#libs/kernel';
import type { AccessTokens } from './access-tokens.js';
import type { ApiKeys } from './api-keys.js';
import { readCredentials } from './credentials.js';
import type { OperatorToken } from './operator-token.js';
import type { Passport } from './passport.js';

/** What the credentials of a request came to. */
export interface Identified {
  /** Null: nobody in particular. */
  readonly passport: Passport | null;
  /** True where a browser sent the credential by itself. */
  readonly byCookie: boolean;
  /** The tenants that the credentials name; absent where there is no such credential. */
  readonly apiKeyTenant?: string | null;
  readonly tokenTenant?: string | null;
}

export interface AuthenticatorOptions {
  readonly tokens: Pick<AccessTokens, 'remembered' | 'verify'>;
  readonly apiKeys: Pick<ApiKeys, 'verify'>;
  readonly operatorToken: OperatorToken;
}

const nobody: Identified = { passport: null, byCookie: false };

export class Authenticator {
  constructor(private readonly options: AuthenticatorOptions) {}

  /** On a tenant's host or the bare one. @throws DomainError 401 when a credential was shown on purpose and is not good */
  async member(headers: IncomingHttpHeaders, secure: boolean): Promise<Identified> {
    const { apiKey, bearer, cookie } = readCredentials(headers, secure);
    if (cookie !== null) return this.byCookie(cookie);
    if (apiKey === null && bearer === null) return nobody;
    const key = apiKey === null ? null : await this.options.apiKeys.verify(apiKey);
    const token = bearer === null ? null : await this.token(bearer);
    return {
      passport: key ?? token,
      byCookie: false,
      ...(key === null ? {} : { apiKeyTenant: key.tenantId }),
      ...(token === null ? {} : { tokenTenant: token.tenantId }),
    };
  }

  /** On the admin host: an operator, or nobody. @throws DomainError 401, `tenant.mismatch` */
  async operator(headers: IncomingHttpHeaders, secure: boolean): Promise<Identified> {
    const { apiKey, bearer, cookie } = readCredentials(headers, secure);
    if (apiKey !== null) throw notForOperators();
    if (cookie !== null) {
      const found = await this.byCookie(cookie);
      return found.passport?.actor.kind === 'operator' ? found : nobody;
    }
    if (bearer === null) return nobody;
    const passport = this.options.operatorToken.open(bearer) ?? (await this.token(bearer));
    if (passport.actor.kind !== 'operator') throw notForOperators();
    return { passport, byCookie: false };
  }

  /** A cookie that has run out is a visitor's, who may sign in again with it in his browser. */
  private async byCookie(cookie: string): Promise<Identified> {
    try {
      const passport = await this.token(cookie);
      return { passport, byCookie: true, tokenTenant: passport.tenantId };
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated') return nobody;
      throw error;
    }
  }

  private async token(token: string): Promise<Passport> {
    return this.options.tokens.remembered(token) ?? this.options.tokens.verify(token);
  }
}

function notForOperators(): DomainError {
  return new DomainError('forbidden', 'tenant.mismatch', 'This credential belongs to an academy.');
}
