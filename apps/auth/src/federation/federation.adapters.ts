import type { Provider } from '@nestjs/common';
import { EventLog } from '#libs/events';
import { OutboundClient, OutboundSockets } from '#libs/outbound';
import { Redis } from 'ioredis';
import type { AuthConfig } from '../auth.config.js';
import { ConnectionCareRepository } from '../connection-care/connection-care.repository.js';
import { PgConnectionCareRepository } from '../connection-care/connection-care.pg-repository.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { PgConnectionRepository } from '../connection/connection.pg-repository.js';
import { EmailDomainRepository } from '../email-domain/email-domain.repository.js';
import { PgEmailDomainRepository } from '../email-domain/email-domain.pg-repository.js';
import { NameServers } from '../email-domain/name-servers.js';
import { DnsNameServers } from '../email-domain/name-servers.dns.js';
import { EnforcedSignInGate } from '../enforcement/enforced-sign-in-gate.js';
import { EnforcementRepository } from '../enforcement/enforcement.repository.js';
import { PgEnforcementRepository } from '../enforcement/enforcement.pg-repository.js';
import { SignInEnforcement } from '../enforcement/sign-in-enforcement.js';
import { FactorGate } from '../factor/factor-gate.js';
import { LdapProvider } from '../ldap/ldap-provider.js';
import { LdapPeopleRepository } from '../ldap-sync/ldap-people.repository.js';
import { PgLdapPeopleRepository } from '../ldap-sync/ldap-people.pg-repository.js';
import { LdapSyncRepository } from '../ldap-sync/ldap-sync.repository.js';
import { PgLdapSyncRepository } from '../ldap-sync/ldap-sync.pg-repository.js';
import { OidcProvider } from '../oidc/oidc-provider.js';
import { SamlProvider } from '../saml/saml-provider.js';
import { ProvidedSessions } from '../session/provided-sessions.js';
import { SignInGate } from '../session/sign-in-gate.js';
import { PgSetupLinkRepository } from '../setup-link/setup-link.pg-repository.js';
import { SetupLinkRepository } from '../setup-link/setup-link.repository.js';
import { PgAttemptRepository } from './attempt.pg-repository.js';
import { AttemptRepository } from './attempt.repository.js';
import { PgIdentityRepository } from './identity.pg-repository.js';
import { IdentityProviders } from './identity-provider.js';
import { IdentityRepository } from './identity.repository.js';
import { OneTimeStore } from './one-time-store.js';
import { RedisOneTimeStore } from './one-time-store.redis.js';
import { PgProvidedSessions } from './provided-sessions.pg-repository.js';
import { UsedProofs } from './used-proofs.js';
import { PgUsedProofs } from './used-proofs.pg-repository.js';

/** Which technology stands behind the ports of sign-in by a provider. */
export function federationAdapters({
  HARKA_OUTBOUND_ALLOW: allow,
  HARKA_DNS_SERVERS: servers,
}: AuthConfig): Provider[] {
  return [
    { provide: AttemptRepository, useClass: PgAttemptRepository },
    { provide: ConnectionCareRepository, useClass: PgConnectionCareRepository },
    { provide: ConnectionRepository, useClass: PgConnectionRepository },
    { provide: EmailDomainRepository, useClass: PgEmailDomainRepository },
    { provide: EnforcementRepository, useClass: PgEnforcementRepository },
    { provide: IdentityRepository, useClass: PgIdentityRepository },
    { provide: LdapPeopleRepository, useClass: PgLdapPeopleRepository },
    { provide: LdapSyncRepository, useClass: PgLdapSyncRepository },
    { provide: ProvidedSessions, useClass: PgProvidedSessions },
    { provide: SetupLinkRepository, useClass: PgSetupLinkRepository },
    { provide: UsedProofs, useClass: PgUsedProofs },
    { provide: NameServers, useFactory: () => new DnsNameServers(servers) },
    { provide: OutboundClient, useFactory: () => new OutboundClient({ allow }) },
    { provide: OutboundSockets, useFactory: () => new OutboundSockets({ allow }) },
    { provide: OneTimeStore, inject: [Redis], useFactory: (redis: Redis) => new RedisOneTimeStore(redis) },
    {
      provide: IdentityProviders,
      inject: [SamlProvider, OidcProvider, LdapProvider],
      useFactory: (...providers: [SamlProvider, OidcProvider, LdapProvider]) =>
        new IdentityProviders(providers),
    },
    FactorGate,
    {
      provide: SignInGate,
      inject: [FactorGate, SignInEnforcement, EventLog],
      useFactory: (gate: FactorGate, enforcement: SignInEnforcement, events: EventLog) =>
        new EnforcedSignInGate(gate, enforcement, events),
    },
  ];
}
