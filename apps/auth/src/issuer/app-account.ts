/**
 * Who an app is told about, as the library knows him: the person in one session. So whatever an app was given hangs on
 * the session that it came from, and ends with it. What the app sees as `sub` is another thing.
 */
export interface AccountRef {
  readonly userId: string;
  readonly sessionId: string;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const FORM = new RegExp(`^(${UUID})\\.(${UUID})$`);

export const accountIdOf = ({ userId, sessionId }: AccountRef): string => `${userId}.${sessionId}`;

export function accountRefOf(accountId: string | undefined): AccountRef | null {
  const [, userId, sessionId] = FORM.exec(accountId ?? '') ?? [];
  return userId === undefined || sessionId === undefined ? null : { userId, sessionId };
}

/** What an app may learn of a person, by the names of OpenID Connect. */
export interface AppAccount extends AccountRef {
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly team: string | null;
  readonly role: string;
  readonly updatedAt: Date;
  readonly amr: readonly string[];
  /** When he last proved who he is. */
  readonly provedAt: Date;
}

export function claimsOf(account: AppAccount): Record<string, unknown> {
  const { name, email, emailVerified, locale, timeZone, team, role, updatedAt } = account;
  return {
    ...{ name, email, email_verified: emailVerified, role },
    ...(locale === null ? {} : { locale }),
    ...(timeZone === null ? {} : { zoneinfo: timeZone }),
    groups: team === null ? [] : [team],
    updated_at: Math.floor(updatedAt.getTime() / 1000),
  };
}

export abstract class AppAccounts {
  /**
   * The person, while he is active and, unless `offline`, while the session is open. Null also where an operator acts
   * as him: no app is told that he is here.
   */
  abstract find(ref: AccountRef, offline: boolean): Promise<AppAccount | null>;
}
