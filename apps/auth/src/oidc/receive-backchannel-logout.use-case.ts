import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#libs/kernel';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { isOidc, type OidcConnection } from '../connection/connection.js';
import { ConnectionNotFound } from '../connection/connection.errors.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { ClaimOnce } from '../federation/claim-once.use-case.js';
import { EndProviderSessions } from '../federation/end-provider-sessions.use-case.js';
import { RecordAttempt } from '../federation/record-attempt.use-case.js';
import { Refusal } from '../federation/refusal.js';
import { OidcClients } from './oidc-clients.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const OLDEST_SECONDS = 300;
const SKEW_SECONDS = 60;

/** Ends the sessions of somebody who has signed out at the provider (OpenID Connect Back-Channel Logout 1.0, 2.6). */
@Injectable()
export class ReceiveBackchannelLogout {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clients: OidcClients,
    private readonly once: ClaimOnce,
    private readonly ending: EndProviderSessions,
    private readonly attempts: RecordAttempt,
    private readonly clock: Clock,
  ) {}

  /** @throws ConnectionNotFound, DomainError `auth.logout_token_invalid` */
  async execute(connectionId: string, token: string): Promise<void> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null || !isOidc(connection)) throw new ConnectionNotFound();
    const told = { connectionId, purpose: 'logout' } as const;
    try {
      const { sub, sid } = await this.verified(connection, token);
      const by = { issuer: connection.oidc.issuer, subject: sub ?? null, providerSession: sid };
      await this.ending.execute(connectionId, by);
      await this.attempts.execute({ ...told, outcome: 'succeeded', reason: null, subject: sub ?? sid });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const checks = [{ check: error.reason, ok: false, expected: null, actual: null, ...error.found }];
      await this.attempts.execute({ ...told, outcome: 'refused', reason: error.reason, detail: { checks } });
      throw new DomainError('invalid', 'auth.logout_token_invalid', 'The logout token does not hold.');
    }
  }

  private async verified(
    connection: OidcConnection,
    token: string,
  ): Promise<{ sub: string | undefined; sid: string | null }> {
    if (connection.state === 'disabled') throw new Refusal('connection_inactive');
    const payload = await this.opened(connection, token);
    const { jti, sub, events: said } = payload;
    if ('nonce' in payload) throw new Refusal('claim_nonce');
    const event =
      typeof said === 'object' && said !== null ? (said as Record<string, unknown>)[EVENT] : undefined;
    if (typeof event !== 'object' || event === null) throw new Refusal('claim_events');
    const sid = typeof payload['sid'] === 'string' ? payload['sid'] : null;
    if (sub === undefined && sid === null) throw new Refusal('claim_sub');
    const until = new Date(this.clock.now().getTime() + (OLDEST_SECONDS + 2 * SKEW_SECONDS) * 1000);
    if (typeof jti !== 'string') throw new Refusal('claim_jti');
    if (!(await this.once.execute(['logout-token', connection.id, jti], until))) {
      throw new Refusal('replayed');
    }
    return { sub, sid };
  }

  private async opened(connection: OidcConnection, token: string): Promise<JWTPayload> {
    const { keys } = await this.clients.of(connection);
    const { issuer, clientId, idTokenAlgorithm } = connection.oidc;
    const open = async (set: JSONWebKeySet) =>
      jwtVerify(token, createLocalJWKSet(set), {
        ...{ issuer, audience: clientId, algorithms: [idTokenAlgorithm], currentDate: this.clock.now() },
        ...{
          clockTolerance: SKEW_SECONDS,
          maxTokenAge: OLDEST_SECONDS,
          requiredClaims: ['jti', 'iat', 'events'],
        },
      });
    try {
      const known = keys.known ?? (await keys.fresh());
      return (
        await open(known).catch(async (error: unknown) => {
          if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
          return open(await keys.fresh());
        })
      ).payload;
    } catch (error) {
      if (error instanceof errors.JWTClaimValidationFailed) {
        throw new Refusal(`claim_${error.claim}`, { actual: error.message });
      }
      if (error instanceof errors.JOSEError) {
        throw new Refusal('id_token_signature', { actual: error.message });
      }
      throw error;
    }
  }
}
