import { actingEndpoints } from './acting.endpoints.js';
import { internalEndpoints } from './internal.endpoints.js';
import { operatorEndpoints } from './operator.endpoints.js';
import { signInEndpoints } from './sign-in.endpoints.js';
import { teamEndpoints } from './team.endpoints.js';
import { userEndpoints } from './user.endpoints.js';

export const authEndpoints = [
  ...signInEndpoints,
  ...userEndpoints,
  ...teamEndpoints,
  ...operatorEndpoints,
  ...actingEndpoints,
  ...internalEndpoints,
] as const;

export {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_ISSUER,
  ACCESS_TOKEN_LIFETIME,
  ACCESS_TOKEN_TYPE,
  memberClaims,
  OPERATOR_AUDIENCE,
  operatorClaims,
  revokedSessionKey,
  type MemberClaims,
  type OperatorClaims,
} from './access-token.js';
export {
  endActing,
  enterActing,
  inviteOwner,
  leaveActing,
  listActing,
  listTenantPeople,
  startActing,
} from './acting.endpoints.js';
export {
  actingPath,
  LONGEST_ACTING_MINUTES,
  type ActingNotice,
  type ActingOrder,
  type ActingSession,
  type NewActing,
  type TenantPerson,
} from './acting.js';
export {
  apiKeyPrefix,
  type ApiKey,
  type ApiKeyRotation,
  type CreatedApiKey,
  type NewApiKey,
} from './api-key.js';
export { sessionCookies } from './cookies.js';
export {
  accountLocked,
  actingEnded,
  actingStarted,
  apiKeyCreated,
  apiKeyRevoked,
  apiKeyRotated,
  invitationRevoked,
  loginFailed,
  mailRequested,
  passwordChanged,
  passwordResetRequested,
  refreshTokenReused,
  registrationRequested,
  sessionEnded,
  sessionStarted,
  teamCreated,
  teamDeleted,
  teamUpdated,
  userActivated,
  userCreated,
  userDeactivated,
  userImportCancelled,
  userImportFinished,
  userImportStarted,
  userImportUploaded,
  userInvited,
  userReactivated,
  userUpdated,
  type Person,
} from './events.js';
export {
  digestUsers,
  importUsers,
  recordApiKeyUse,
  setDemoOperators,
  setDemoPasswords,
} from './internal.endpoints.js';
export {
  userImportRow,
  usersDigestText,
  type UserImportResult,
  type UserImportRow,
  type UsersDigest,
} from './onboarding.js';
export {
  createOperator,
  getOperatorMe,
  operatorLogin,
  operatorLogout,
  operatorRefresh,
  rotateSigningKey,
} from './operator.endpoints.js';
export {
  acceptInvitation,
  changePassword,
  endOtherSessions,
  endSession,
  forgotPassword,
  getJsonWebKeySet,
  getMe,
  listSessions,
  login,
  logout,
  readInvitation,
  refresh,
  register,
  resetPassword,
  updateMe,
  verifyEmail,
} from './sign-in.endpoints.js';
export {
  linkPaths,
  type Credentials,
  type JsonWebKeySet,
  type Me,
  type Operator,
  type OperatorSignedIn,
  type Registration,
  type Session,
  type SignedIn,
  type SignedInUser,
} from './sign-in.js';
export { createTeam, deleteTeam, getTeam, listTeams, updateTeam } from './team.endpoints.js';
export type { NewTeam, Team, TeamPatch } from './team.js';
export type { InvitationBatch, InvitationBatchResult, UserChange, UserChangeResult } from './user-change.js';
export {
  cancelPeopleImport,
  downloadPeopleImportErrors,
  listPeopleImportRows,
  listPeopleImports,
  showPeopleImport,
  startPeopleImport,
  uploadPeople,
} from './user-import.endpoints.js';
export {
  MAX_PEOPLE_FILE_BYTES,
  MAX_PEOPLE_ROWS,
  peopleColumns,
  peopleRow,
  type OutcomeCounts,
  type PeopleColumn,
  type PeopleImport,
  type PeopleImportRow,
  type PeopleImportState,
  type PeopleOutcome,
  type PeopleRow,
} from './user-import.js';
export {
  changeUsers,
  createApiKey,
  createInvitation,
  deactivateUser,
  endUserSession,
  endUserSessions,
  getUser,
  inviteMany,
  inviteUser,
  listApiKeys,
  listInvitations,
  listUserSessions,
  listUsers,
  reactivateUser,
  revokeApiKey,
  revokeInvitation,
  rotateApiKey,
  summariseUsers,
  updateUser,
} from './user.endpoints.js';
export {
  user,
  userStatus,
  type Invitation,
  type NewInvitation,
  type NewUser,
  type ProfilePatch,
  type User,
  type UserFilter,
  type UserPatch,
  type UserQuery,
  type UserSort,
  type UserStatus,
  type UserSummary,
} from './user.js';
