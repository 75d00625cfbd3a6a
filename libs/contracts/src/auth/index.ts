import { internalEndpoints } from './internal.endpoints.js';
import { operatorEndpoints } from './operator.endpoints.js';
import { signInEndpoints } from './sign-in.endpoints.js';
import { userEndpoints } from './user.endpoints.js';

export const authEndpoints = [
  ...signInEndpoints,
  ...userEndpoints,
  ...operatorEndpoints,
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
export { apiKeyPrefix, type ApiKey, type CreatedApiKey, type NewApiKey } from './api-key.js';
export { sessionCookies } from './cookies.js';
export {
  accountLocked,
  apiKeyCreated,
  apiKeyRevoked,
  invitationRevoked,
  loginFailed,
  mailRequested,
  passwordChanged,
  passwordResetRequested,
  refreshTokenReused,
  registrationRequested,
  sessionEnded,
  sessionStarted,
  userActivated,
  userCreated,
  userDeactivated,
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
export {
  createApiKey,
  createInvitation,
  deactivateUser,
  getUser,
  inviteUser,
  listApiKeys,
  listInvitations,
  listUsers,
  reactivateUser,
  revokeApiKey,
  revokeInvitation,
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
  type UserPatch,
  type UserStatus,
} from './user.js';
