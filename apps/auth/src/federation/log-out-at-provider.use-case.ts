import { Injectable } from '@nestjs/common';
import { currentActor } from '#libs/tenancy';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { LogOut } from '../session/log-out.use-case.js';
import { IdentityProviders } from './identity-provider.js';
import { IdentityRepository } from './identity.repository.js';

/** Ends the own session, and finds where the one at the provider is ended. */
@Injectable()
export class LogOutAtProvider {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly connections: ConnectionRepository,
    private readonly providers: IdentityProviders,
    private readonly logOut: LogOut,
  ) {}

  async execute(): Promise<string | null> {
    const { sessionId } = currentActor();
    const session = sessionId === null ? null : await this.identities.sessionOf(sessionId);
    await this.logOut.execute(undefined);
    const connection = session === null ? null : await this.connections.byId(session.connectionId);
    if (session === null || connection === null) return null;
    return this.providers.of(connection).logoutUrl(connection, session);
  }
}
