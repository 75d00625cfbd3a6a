import type { Type } from '@nestjs/common';
import { federationControllers, federationUseCases } from './federation/federation.providers.js';
import { issuerControllers, issuerUseCases } from './issuer/issuer.providers.js';
import { ApiKeyController } from './api-key/api-key.controller.js';
import { ApiKeyReadModel } from './api-key/api-key.read-model.js';
import { CreateApiKey } from './api-key/create-api-key.use-case.js';
import { PublishApiKeys } from './api-key/publish-api-keys.use-case.js';
import { RecordApiKeyUses } from './api-key/record-api-key-uses.use-case.js';
import { RotateApiKey } from './api-key/rotate-api-key.use-case.js';
import { RevokeApiKey } from './api-key/revoke-api-key.use-case.js';
import { ChangeInbox } from './notification/change-inbox.use-case.js';
import { MailNotifications } from './notification/mail-notifications.use-case.js';
import { NotificationController } from './notification/notification.controller.js';
import { NotificationReactions } from './notification/notification.reactions.js';
import { Inbox } from './notification/notification.read-model.js';
import { NotificationRunner } from './notification/notification.runner.js';
import { GotrueController } from './gotrue/gotrue.controller.js';
import { EraseUser } from './erasure/erase-user.use-case.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { ErasureReactions } from './erasure/erasure.reactions.js';
import { ShowErasures } from './erasure/show-erasures.use-case.js';
import { CollectPersonalData } from './personal-data/collect-personal-data.use-case.js';
import { PersonalDataController } from './personal-data/personal-data.controller.js';
import { SetDemoOperators } from './demo/set-demo-operators.use-case.js';
import { SetDemoPasswords } from './demo/set-demo-passwords.use-case.js';
import { AnswerSecondStep } from './factor/answer-second-step.use-case.js';
import { ChangeFactors } from './factor/change-factors.use-case.js';
import { Challenges } from './factor/challenges.js';
import { EnrolFactor } from './factor/enrol-factor.use-case.js';
import { EnrolInSecondStep } from './factor/enrol-in-second-step.use-case.js';
import { FactorAccess } from './factor/factor.access.js';
import { FactorController } from './factor/factor.controller.js';
import { ListFactors } from './factor/list-factors.use-case.js';
import { Passkeys } from './factor/passkeys.js';
import { ProveFactor } from './factor/prove-factor.use-case.js';
import { ResetFactors } from './factor/reset-factors.use-case.js';
import { SecondStepController } from './factor/second-step.controller.js';
import { SignInByPasskey } from './factor/sign-in-by-passkey.use-case.js';
import { StepUp } from './factor/step-up.use-case.js';
import { AcceptInvitation } from './invitation/accept-invitation.use-case.js';
import { CreateInvitation } from './invitation/create-invitation.use-case.js';
import { InvitationController } from './invitation/invitation.controller.js';
import { InvitationReadModel } from './invitation/invitation.read-model.js';
import { InviteMany } from './invitation/invite-many.use-case.js';
import { InviteUser } from './invitation/invite-user.use-case.js';
import { ReadInvitation } from './invitation/read-invitation.use-case.js';
import { RevokeInvitation } from './invitation/revoke-invitation.use-case.js';
import { SendInvitation } from './invitation/send-invitation.use-case.js';
import { MailController } from './mail/mail.controller.js';
import { MailWatch } from './mail/mail-watch.read-model.js';
import { SendMail } from './mail/send-mail.use-case.js';
import { DigestUsers } from './onboarding/digest-users.use-case.js';
import { ImportUsers } from './onboarding/import-users.use-case.js';
import { OnboardingController } from './onboarding/onboarding.controller.js';
import { ActingController } from './operator/acting.controller.js';
import { CreateOperator } from './operator/create-operator.use-case.js';
import { EndActing } from './operator/end-acting.use-case.js';
import { EnterActing } from './operator/enter-acting.use-case.js';
import { LogInOperator } from './operator/log-in-operator.use-case.js';
import { LogOutOperator } from './operator/log-out-operator.use-case.js';
import { OperatorController } from './operator/operator.controller.js';
import { RefreshOperator } from './operator/refresh-operator.use-case.js';
import { ShowActing } from './operator/show-acting.use-case.js';
import { ShowOperator } from './operator/show-operator.use-case.js';
import { StartActing } from './operator/start-acting.use-case.js';
import { TenantEntry } from './operator/tenant-entry.directory.js';
import { TenantPeople } from './operator/tenant-people.read-model.js';
import { AskPasswordReset } from './password/ask-password-reset.use-case.js';
import { ChangePassword } from './password/change-password.use-case.js';
import { PasswordController } from './password/password.controller.js';
import { RequestPasswordReset } from './password/request-password-reset.use-case.js';
import { ResetPassword } from './password/reset-password.use-case.js';
import { AuthReactions } from './reaction/auth-reactions.js';
import { ReactionRunner } from './reaction/reaction.runner.js';
import { Register } from './registration/register.use-case.js';
import { RegistrationController } from './registration/registration.controller.js';
import { VerifyEmail } from './registration/verify-email.use-case.js';
import { ListScim } from './scim/list-scim.use-case.js';
import { ManageScimTokens } from './scim/manage-scim-tokens.use-case.js';
import { ProvisionGroup } from './scim/provision-group.use-case.js';
import { ProvisionUser } from './scim/provision-user.use-case.js';
import { RunScimBulk } from './scim/run-scim-bulk.use-case.js';
import { ScimDoor } from './scim/scim-door.http.js';
import { ScimTokenController } from './scim/scim-token.controller.js';
import { ScimController } from './scim/scim.controller.js';
import { ShowScimStatus } from './scim/show-scim-status.use-case.js';
import { EndOtherSessions } from './session/end-other-sessions.use-case.js';
import { EndUserSessions } from './session/end-user-sessions.use-case.js';
import { EndSession } from './session/end-session.use-case.js';
import { EndSessions } from './session/end-sessions.use-case.js';
import { ListSessions } from './session/list-sessions.use-case.js';
import { LogIn } from './session/log-in.use-case.js';
import { LogOut } from './session/log-out.use-case.js';
import { RefreshSession } from './session/refresh-session.use-case.js';
import { SessionController } from './session/session.controller.js';
import { StartSession } from './session/start-session.use-case.js';
import { CreateTeam } from './team/create-team.use-case.js';
import { DeleteTeam } from './team/delete-team.use-case.js';
import { PlaceInTeam } from './team/place-in-team.use-case.js';
import { TeamController } from './team/team.controller.js';
import { TeamReadModel } from './team/team.read-model.js';
import { UpdateTeam } from './team/update-team.use-case.js';
import { ChangeSignInPolicy } from './sign-in-policy/change-sign-in-policy.use-case.js';
import { ShowSignInPolicy } from './sign-in-policy/show-sign-in-policy.use-case.js';
import { SignInPolicyController } from './sign-in-policy/sign-in-policy.controller.js';
import { SigningKeyController } from './token/signing-key.controller.js';
import { ChangeUsers } from './user/change-users.use-case.js';
import { DeactivateUser } from './user/deactivate-user.use-case.js';
import { GetUser } from './user/get-user.use-case.js';
import { ReactivateUser } from './user/reactivate-user.use-case.js';
import { RemoveAccess } from './user/remove-access.use-case.js';
import { UpdateProfile } from './user/update-profile.use-case.js';
import { UpdateUser } from './user/update-user.use-case.js';
import { UserController } from './user/user.controller.js';
import { UserReadModel } from './user/user.read-model.js';
import { PeopleImportController } from './user-import/people-import.controller.js';
import { AdvanceImport } from './user-import/advance-import.use-case.js';
import { ApplyPeople } from './user-import/apply-people.use-case.js';
import { CancelImport } from './user-import/cancel-import.use-case.js';
import { ShowImport } from './user-import/show-import.use-case.js';
import { CheckPeople } from './user-import/check-people.use-case.js';
import { DownloadImportErrors } from './user-import/download-import-errors.use-case.js';
import { FinishImport } from './user-import/finish-import.use-case.js';
import { ImportAuthority } from './user-import/import-authority.js';
import { InviteImported } from './user-import/invite-imported.use-case.js';
import { JudgePeople } from './user-import/judge-people.js';
import { PeopleImportReadModel } from './user-import/people-import.read-model.js';
import { PeopleImportRunner } from './user-import/people-import.runner.js';
import { StartImport } from './user-import/start-import.use-case.js';
import { UploadPeople } from './user-import/upload-people.use-case.js';

export const controllers: Type[] = [
  ...federationControllers,
  ...issuerControllers,
  MailController,
  ActingController,
  ApiKeyController,
  ErasureController,
  FactorController,
  GotrueController,
  InvitationController,
  NotificationController,
  OnboardingController,
  OperatorController,
  PasswordController,
  PeopleImportController,
  PersonalDataController,
  RegistrationController,
  ScimController,
  ScimTokenController,
  SecondStepController,
  SessionController,
  SignInPolicyController,
  SigningKeyController,
  TeamController,
  UserController,
];

const apiKeys = [ApiKeyReadModel, CreateApiKey, PublishApiKeys, RecordApiKeyUses, RevokeApiKey, RotateApiKey];
const invitations = [
  AcceptInvitation,
  CreateInvitation,
  InvitationReadModel,
  InviteMany,
  InviteUser,
  ReadInvitation,
  RevokeInvitation,
  SendInvitation,
];
const onboarding = [DigestUsers, ImportUsers, SetDemoOperators, SetDemoPasswords];
const acting = [MailWatch, EndActing, EnterActing, ShowActing, StartActing, TenantEntry, TenantPeople];
const operators = [...acting, CreateOperator, LogInOperator, LogOutOperator, RefreshOperator, ShowOperator];
const passwords = [AskPasswordReset, ChangePassword, RequestPasswordReset, ResetPassword];
const registrations = [Register, VerifyEmail];
const sessions = [
  EndOtherSessions,
  EndSession,
  EndSessions,
  EndUserSessions,
  ListSessions,
  LogIn,
  LogOut,
  RefreshSession,
  StartSession,
];
const teams = [CreateTeam, DeleteTeam, PlaceInTeam, TeamReadModel, UpdateTeam];
const scim = [
  ListScim,
  ManageScimTokens,
  ProvisionGroup,
  ProvisionUser,
  RunScimBulk,
  ScimDoor,
  ShowScimStatus,
];
const factors = [
  AnswerSecondStep,
  Challenges,
  ChangeFactors,
  ChangeSignInPolicy,
  EnrolFactor,
  EnrolInSecondStep,
  FactorAccess,
  ListFactors,
  Passkeys,
  ProveFactor,
  ResetFactors,
  ShowSignInPolicy,
  SignInByPasskey,
  StepUp,
];
const users = [
  ChangeUsers,
  DeactivateUser,
  GetUser,
  ReactivateUser,
  RemoveAccess,
  UpdateProfile,
  UpdateUser,
  UserReadModel,
];
const imports = [
  AdvanceImport,
  ApplyPeople,
  CancelImport,
  ShowImport,
  CheckPeople,
  DownloadImportErrors,
  FinishImport,
  ImportAuthority,
  InviteImported,
  JudgePeople,
  PeopleImportReadModel,
  PeopleImportRunner,
  StartImport,
  UploadPeople,
];
const notifications = [ChangeInbox, Inbox, MailNotifications, NotificationReactions, NotificationRunner];
const privacy = [CollectPersonalData, EraseUser, ErasureReactions, ShowErasures];
const background = [AuthReactions, ReactionRunner, SendMail];

export const useCases: Type[] = [
  ...federationUseCases,
  ...issuerUseCases,
  ...apiKeys,
  ...factors,
  ...scim,
  ...invitations,
  ...notifications,
  ...onboarding,
  ...operators,
  ...passwords,
  ...registrations,
  ...sessions,
  ...teams,
  ...users,
  ...imports,
  ...privacy,
  ...background,
];
