/** Who somebody is at a provider. */
export interface IdentityKey {
  readonly connectionId: string;
  readonly issuer: string;
  readonly subject: string;
}

/** A session that came by a connection. */
export interface FederatedSession extends IdentityKey {
  readonly sessionId: string;
  readonly userId: string;
  readonly providerSession: string | null;
}

/** Identities of the current tenant, and the sessions that came of them. */
export abstract class IdentityRepository {
  /** Whose it is; locked, so that two sign-ins of one person take turns. */
  abstract userOf(key: IdentityKey): Promise<string | null>;

  /** Whether the user is known at the connection under some subject. */
  abstract isLinked(userId: string, connectionId: string): Promise<boolean>;

  /** False when it is somebody's already. */
  abstract link(key: IdentityKey, userId: string, at: Date): Promise<boolean>;

  abstract touch(key: IdentityKey, at: Date): Promise<void>;

  /** The one of this session, and what its provider wants to hear at logout. */
  abstract sessionOf(sessionId: string): Promise<(FederatedSession & { logoutHint: string | null }) | null>;

  /** Open sessions by a subject, a provider's session, or both; by a connection alone: all of it. */
  abstract openSessions(
    connectionId: string,
    by: {
      readonly issuer?: string;
      readonly subject?: string | null;
      readonly providerSession?: string | null;
    },
  ): Promise<readonly FederatedSession[]>;
}
