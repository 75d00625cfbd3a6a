import { join } from 'node:path';
import type { Provider } from '@nestjs/common';
import { KeyProvider, LocalKeyProvider, TenantCipher, WrappedKeyStore } from '#libs/crypto';
import { Clock } from '#libs/kernel';
import { Broadcast, PlatformConfig, Readiness, ServiceLogger } from '#libs/service';
import { Redis } from 'ioredis';
import { ApiKeyDirectory } from './api-key/api-key-directory.js';
import { PgApiKeyDirectory } from './api-key/api-key-directory.pg-adapter.js';
import { PgApiKeyRepository } from './api-key/api-key.pg-repository.js';
import { ApiKeyRepository } from './api-key/api-key.repository.js';
import type { AuthConfig } from './auth.config.js';
import { PgErasureRepository } from './erasure/erasure.pg-repository.js';
import { ErasureRepository } from './erasure/erasure.repository.js';
import { federationAdapters } from './federation/federation.adapters.js';
import { issuerAdapters } from './issuer/issuer.providers.js';
import { DemoMode } from './demo/demo-mode.js';
import { DirectoryDatabase } from './directory/directory.database.js';
import { ChallengeRepository } from './factor/challenge.repository.js';
import { PgChallengeRepository } from './factor/challenge.pg-repository.js';
import { PgFactorRepository } from './factor/factor.pg-repository.js';
import { FactorRepository, TrustedDeviceRepository } from './factor/factor.repository.js';
import { PgTrustedDeviceRepository } from './factor/trusted-device.pg-repository.js';
import { InvitationRepository } from './invitation/invitation.repository.js';
import { PgInvitationRepository } from './invitation/invitation.pg-repository.js';
import { PgWrappedKeyStore } from './key/wrapped-key.pg-store.js';
import { MailOutbox } from './mail/mail-outbox.js';
import { PgMailRepository } from './mail/mail.pg-repository.js';
import { MailRepository } from './mail/mail.repository.js';
import { Mailer } from './mail/mailer.js';
import { OutboxFolderMailer } from './mail/mailer.outbox-folder.js';
import { SmtpMailer } from './mail/mailer.smtp.js';
import { PreviewMail } from './mail/preview-mail.use-case.js';
import { RecordedMailOutbox } from './mail/recorded-mail-outbox.js';
import { PgNotificationRepository } from './notification/notification.pg-repository.js';
import { NotificationRepository } from './notification/notification.repository.js';
import { PgUserImportRepository } from './onboarding/user-import.pg-repository.js';
import { UserImportRepository } from './onboarding/user-import.repository.js';
import { ActingRepository } from './operator/acting.repository.js';
import { PgActingRepository } from './operator/acting.pg-repository.js';
import { PgOperatorRepository } from './operator/operator.pg-repository.js';
import { OperatorRepository } from './operator/operator.repository.js';
import { PgCredentialRepository } from './password/credential.pg-repository.js';
import { CredentialRepository } from './password/credential.repository.js';
import { BcryptPasswordHasher } from './password/password-hasher.bcrypt.js';
import { PasswordHasher } from './password/password-hasher.js';
import { PgPasswordResetRepository } from './password/password-reset.pg-repository.js';
import { PasswordResetRepository } from './password/password-reset.repository.js';
import { HttpPersonalPartsSource } from './personal-data/personal-parts.http-client.js';
import { PersonalPartsSource } from './personal-data/personal-parts.js';
import { PgRegistrationRepository } from './registration/registration.pg-repository.js';
import { RegistrationRepository } from './registration/registration.repository.js';
import { PgScimTokenRepository } from './scim/scim-token.pg-repository.js';
import { ScimTokenRepository } from './scim/scim-token.repository.js';
import { PgScimRepository } from './scim/scim.pg-repository.js';
import { ScimRepository } from './scim/scim.repository.js';
import { RedisSessionRevocations } from './session/session-revocations.redis.js';
import { SessionRevocations } from './session/session-revocations.js';
import { PgSessionRepository } from './session/session.pg-repository.js';
import { SessionRepository } from './session/session.repository.js';
import { PgTeamRepository } from './team/team.pg-repository.js';
import { TeamRepository } from './team/team.repository.js';
import { PgSignInPolicyRepository } from './sign-in-policy/sign-in-policy.pg-repository.js';
import { SignInPolicyRepository } from './sign-in-policy/sign-in-policy.repository.js';
import { DirectoryTenantProfiles } from './tenant/tenant-profile.directory.js';
import { TenantProfiles } from './tenant/tenant-profile.js';
import { LoginThrottle } from './throttle/login-throttle.js';
import { RedisLoginThrottle } from './throttle/login-throttle.redis.js';
import { RequestBudget } from './throttle/request-budget.js';
import { RedisRequestBudget } from './throttle/request-budget.redis.js';
import { BroadcastKeyAnnouncer } from './token/key-announcer.broadcast.js';
import { KeyAnnouncer } from './token/key-announcer.js';
import { RotateSigningKey } from './token/rotate-signing-key.use-case.js';
import { SigningKeyRing } from './token/signing-key-ring.js';
import { SigningKeyRotation } from './token/signing-key.rotation.js';
import { PgSigningKeyRepository } from './token/signing-key.pg-repository.js';
import { SigningKeyRepository } from './token/signing-key.repository.js';
import { JoseTokenIssuer } from './token/token-issuer.jose.js';
import { TokenIssuer } from './token/token-issuer.js';
import { PgPeopleImportRepository } from './user-import/people-import.pg-repository.js';
import { PeopleImportRepository } from './user-import/people-import.repository.js';
import { PgUserRepository } from './user/user.pg-repository.js';
import { UserRepository } from './user/user.repository.js';

/** Which technology stands behind which port. */
export function adapters(config: AuthConfig): Provider[] {
  return [
    ...repositories,
    ...federationAdapters(config),
    ...issuerAdapters,
    ...keys,
    ...redis,
    ...passwords(config),
    ...mail(config),
  ];
}

const repositories: Provider[] = [
  { provide: ActingRepository, useClass: PgActingRepository },
  { provide: ApiKeyRepository, useClass: PgApiKeyRepository },
  { provide: ChallengeRepository, useClass: PgChallengeRepository },
  { provide: CredentialRepository, useClass: PgCredentialRepository },
  { provide: FactorRepository, useClass: PgFactorRepository },
  { provide: InvitationRepository, useClass: PgInvitationRepository },
  { provide: MailRepository, useClass: PgMailRepository },
  { provide: NotificationRepository, useClass: PgNotificationRepository },
  { provide: OperatorRepository, useClass: PgOperatorRepository },
  { provide: PasswordResetRepository, useClass: PgPasswordResetRepository },
  { provide: RegistrationRepository, useClass: PgRegistrationRepository },
  { provide: ScimRepository, useClass: PgScimRepository },
  { provide: ScimTokenRepository, useClass: PgScimTokenRepository },
  { provide: SessionRepository, useClass: PgSessionRepository },
  { provide: SignInPolicyRepository, useClass: PgSignInPolicyRepository },
  { provide: TrustedDeviceRepository, useClass: PgTrustedDeviceRepository },
  { provide: SigningKeyRepository, useClass: PgSigningKeyRepository },
  { provide: ErasureRepository, useClass: PgErasureRepository },
  { provide: PersonalPartsSource, useClass: HttpPersonalPartsSource },
  { provide: TeamRepository, useClass: PgTeamRepository },
  { provide: PeopleImportRepository, useClass: PgPeopleImportRepository },
  { provide: UserImportRepository, useClass: PgUserImportRepository },
  { provide: UserRepository, useClass: PgUserRepository },
  { provide: ApiKeyDirectory, useClass: PgApiKeyDirectory },
  { provide: TenantProfiles, useClass: DirectoryTenantProfiles },
  {
    provide: DirectoryDatabase,
    inject: [PlatformConfig, Readiness, ServiceLogger],
    useFactory: directoryDatabase,
  },
];

function directoryDatabase(
  { HARKA_DIRECTORY_URL: url, HARKA_DATABASE_PASSWORDS }: PlatformConfig,
  readiness: Readiness,
  logger: ServiceLogger,
): DirectoryDatabase {
  const password = HARKA_DATABASE_PASSWORDS.harka_auth;
  if (password === undefined) throw new Error('HARKA_DATABASE_PASSWORDS has no harka_auth.');
  const failed = warning(logger, 'a connection to the directory broke');
  const directory = new DirectoryDatabase({ url, login: { user: 'harka_auth', password }, failed });
  readiness.require('directory', async () => directory.query('SELECT 1'));
  return directory;
}

const keys: Provider[] = [
  {
    provide: KeyProvider,
    inject: [PlatformConfig],
    useFactory: ({ HARKA_MASTER_KEY }: PlatformConfig) => new LocalKeyProvider(HARKA_MASTER_KEY),
  },
  { provide: WrappedKeyStore, useClass: PgWrappedKeyStore },
  {
    provide: TenantCipher,
    inject: [KeyProvider, WrappedKeyStore],
    useFactory: (provider: KeyProvider, store: WrappedKeyStore) => new TenantCipher(provider, store),
  },
  {
    provide: SigningKeyRing,
    inject: [SigningKeyRepository, KeyProvider, Clock],
    useFactory: (repository: SigningKeyRepository, provider: KeyProvider, clock: Clock) =>
      new SigningKeyRing(repository, provider, clock),
  },
  {
    provide: SigningKeyRotation,
    inject: [SigningKeyRing, Broadcast, ServiceLogger],
    useFactory: (ring: SigningKeyRing, broadcast: Broadcast, logger: ServiceLogger) =>
      new SigningKeyRotation(ring, broadcast, warning(logger, 'the signing keys cannot be read')),
  },
  { provide: KeyAnnouncer, useClass: BroadcastKeyAnnouncer },
  {
    provide: RotateSigningKey,
    inject: [SigningKeyRing, KeyAnnouncer],
    useFactory: (ring: SigningKeyRing, announcer: KeyAnnouncer) => new RotateSigningKey(ring, announcer),
  },
  {
    provide: TokenIssuer,
    inject: [SigningKeyRing, Clock],
    useFactory: (ring: SigningKeyRing, clock: Clock) => new JoseTokenIssuer(ring, clock),
  },
];

const redis: Provider[] = [
  {
    provide: LoginThrottle,
    inject: [Redis, Clock, ServiceLogger],
    useFactory: (client: Redis, clock: Clock, logger: ServiceLogger) =>
      new RedisLoginThrottle(client, clock, warning(logger, 'attempts are counted in this process alone')),
  },
  {
    provide: RequestBudget,
    inject: [Redis, ServiceLogger],
    useFactory: (client: Redis, logger: ServiceLogger) =>
      new RedisRequestBudget(client, warning(logger, 'requests are not counted')),
  },
  {
    provide: SessionRevocations,
    inject: [Redis, Broadcast, Clock, ServiceLogger],
    useFactory: (client: Redis, broadcast: Broadcast, clock: Clock, logger: ServiceLogger) =>
      new RedisSessionRevocations(
        client,
        broadcast,
        clock,
        warning(logger, 'the end of a session was not announced'),
      ),
  },
];

function passwords(config: AuthConfig): Provider[] {
  const { AUTH_BCRYPT_COST: cost, AUTH_HASH_CONCURRENCY: concurrent, AUTH_HASH_WAITING: waiting } = config;
  return [
    {
      provide: PasswordHasher,
      useFactory: () => new BcryptPasswordHasher({ cost, concurrent, waiting, realmShare: 0.5 }),
    },
    {
      provide: DemoMode,
      inject: [PlatformConfig],
      useFactory: ({ HARKA_DEMO }: PlatformConfig) => new DemoMode(HARKA_DEMO),
    },
  ];
}

function mail({ HARKA_SMTP_URL: url, HARKA_MAIL_FROM: from }: AuthConfig): Provider[] {
  return [
    { provide: MailOutbox, useClass: RecordedMailOutbox },
    {
      provide: PreviewMail,
      inject: [TenantProfiles, PlatformConfig],
      useFactory: (profiles: TenantProfiles, { HARKA_BASE_DOMAIN }: PlatformConfig) =>
        new PreviewMail(profiles, from ?? `no-reply@${HARKA_BASE_DOMAIN}`),
    },
    {
      provide: Mailer,
      inject: [PlatformConfig],
      useFactory: ({ HARKA_BASE_DOMAIN, HARKA_DATA_DIR }: PlatformConfig) => {
        const sender = from ?? `no-reply@${HARKA_BASE_DOMAIN}`;
        if (url !== undefined) return new SmtpMailer(url, sender);
        return new OutboxFolderMailer(join(HARKA_DATA_DIR, 'outbox'), sender);
      },
    },
  ];
}

function warning(logger: ServiceLogger, what: string): (error: unknown) => void {
  return (error) => {
    logger.warn({ err: error }, what);
  };
}
