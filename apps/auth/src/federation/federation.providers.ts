import type { Type } from '@nestjs/common';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import { ConnectionController } from '../connection/connection.controller.js';
import { CreateConnection } from '../connection/create-connection.use-case.js';
import { ProviderSettings } from '../connection/provider-settings.js';
import { ShowAttempts } from '../connection/show-attempts.use-case.js';
import { ShowConnections } from '../connection/show-connections.use-case.js';
import { TestConnection } from '../connection/test-connection.use-case.js';
import { UpdateConnection } from '../connection/update-connection.use-case.js';
import { ConnectionCareRunner } from '../connection-care/connection-care.runner.js';
import { LookAfterConnections } from '../connection-care/look-after-connections.use-case.js';
import { RefreshMetadata } from '../connection-care/refresh-metadata.use-case.js';
import { AddEmailDomain } from '../email-domain/add-email-domain.use-case.js';
import { EmailDomainController } from '../email-domain/email-domain.controller.js';
import { ListEmailDomains } from '../email-domain/list-email-domains.use-case.js';
import { RemoveEmailDomain } from '../email-domain/remove-email-domain.use-case.js';
import { VerifyEmailDomain } from '../email-domain/verify-email-domain.use-case.js';
import { ChangeEnforcement } from '../enforcement/change-enforcement.use-case.js';
import { EnforcementController } from '../enforcement/enforcement.controller.js';
import { ShowEnforcement } from '../enforcement/show-enforcement.use-case.js';
import { SignInEnforcement } from '../enforcement/sign-in-enforcement.js';
import { CheckLdap } from '../ldap/check-ldap.use-case.js';
import { LdapController } from '../ldap/ldap.controller.js';
import { LdapDirectory } from '../ldap/ldap-directory.js';
import { LdapMetrics } from '../ldap/ldap-metrics.js';
import { LdapProvider } from '../ldap/ldap-provider.js';
import { LdapServers } from '../ldap/ldap-servers.js';
import { SignInByLdap } from '../ldap/sign-in-by-ldap.use-case.js';
import { ApplyLdapPlan } from '../ldap-sync/apply-ldap-plan.use-case.js';
import { LdapSyncController } from '../ldap-sync/ldap-sync.controller.js';
import { LdapSyncMetrics } from '../ldap-sync/ldap-sync.metrics.js';
import { LdapSyncRunner } from '../ldap-sync/ldap-sync.runner.js';
import { LdapSyncSchedule } from '../ldap-sync/ldap-sync.schedule.js';
import { PlanLdapSync } from '../ldap-sync/plan-ldap-sync.use-case.js';
import { RunLdapSyncs } from '../ldap-sync/run-ldap-syncs.use-case.js';
import { ShowLdapSyncs } from '../ldap-sync/show-ldap-syncs.use-case.js';
import { StartLdapSync } from '../ldap-sync/start-ldap-sync.use-case.js';
import { SyncLdapTeams } from '../ldap-sync/sync-ldap-teams.use-case.js';
import { OidcController } from '../oidc/oidc.controller.js';
import { OidcClients } from '../oidc/oidc-clients.js';
import { OidcProvider } from '../oidc/oidc-provider.js';
import { ReceiveBackchannelLogout } from '../oidc/receive-backchannel-logout.use-case.js';
import { ReceiveOidcCallback } from '../oidc/receive-oidc-callback.use-case.js';
import { ShowOwnKeys } from '../oidc/show-own-keys.use-case.js';
import { ReceiveSamlLogout } from '../saml/receive-saml-logout.use-case.js';
import { ReceiveSamlResponse } from '../saml/receive-saml-response.use-case.js';
import { SamlController } from '../saml/saml.controller.js';
import { SamlProvider } from '../saml/saml-provider.js';
import { ShowSpMetadata } from '../saml/show-sp-metadata.use-case.js';
import { ManageSetupLinks } from '../setup-link/manage-setup-links.use-case.js';
import { SetUpByLink } from '../setup-link/set-up-by-link.use-case.js';
import { SetupDoor } from '../setup-link/setup-door.js';
import { SetupLinkController } from '../setup-link/setup-link.controller.js';
import { ClaimOnce } from './claim-once.use-case.js';
import { CompleteSignIn } from './complete-sign-in.use-case.js';
import { EndProviderSessions } from './end-provider-sessions.use-case.js';
import { FederationController } from './federation.controller.js';
import { FinishSignIn } from './finish-sign-in.use-case.js';
import { LogOutAtProvider } from './log-out-at-provider.use-case.js';
import { RecordAttempt } from './record-attempt.use-case.js';
import { ResolvePerson } from './resolve-person.use-case.js';
import { SettleAnswer } from './settle-answer.use-case.js';
import { ShowSignInOptions } from './show-sign-in-options.use-case.js';
import { StartSignIn } from './start-sign-in.use-case.js';

export const federationControllers: Type[] = [
  ConnectionController,
  EmailDomainController,
  EnforcementController,
  FederationController,
  LdapController,
  LdapSyncController,
  OidcController,
  SamlController,
  SetupLinkController,
];

const connections = [
  ChangeConnectionState,
  CreateConnection,
  ProviderSettings,
  ShowAttempts,
  ShowConnections,
  TestConnection,
  UpdateConnection,
];
const care = [ConnectionCareRunner, LookAfterConnections, RefreshMetadata];
const domains = [AddEmailDomain, ListEmailDomains, RemoveEmailDomain, VerifyEmailDomain];
const enforcement = [ChangeEnforcement, ShowEnforcement, SignInEnforcement];
const ldap = [CheckLdap, LdapDirectory, LdapMetrics, LdapProvider, LdapServers, SignInByLdap];
const ldapSync = [
  ApplyLdapPlan,
  LdapSyncMetrics,
  LdapSyncRunner,
  LdapSyncSchedule,
  PlanLdapSync,
  RunLdapSyncs,
  ShowLdapSyncs,
  StartLdapSync,
  SyncLdapTeams,
];
const oidc = [OidcClients, OidcProvider, ReceiveBackchannelLogout, ReceiveOidcCallback, ShowOwnKeys];
const saml = [ReceiveSamlLogout, ReceiveSamlResponse, SamlProvider, ShowSpMetadata];
const setupLinks = [ManageSetupLinks, SetUpByLink, SetupDoor];
const signIn = [
  ClaimOnce,
  CompleteSignIn,
  EndProviderSessions,
  FinishSignIn,
  LogOutAtProvider,
  RecordAttempt,
  ResolvePerson,
  SettleAnswer,
  ShowSignInOptions,
  StartSignIn,
];

export const federationUseCases: Type[] = [
  ...care,
  ...connections,
  ...domains,
  ...enforcement,
  ...ldap,
  ...ldapSync,
  ...oidc,
  ...saml,
  ...setupLinks,
  ...signIn,
];
