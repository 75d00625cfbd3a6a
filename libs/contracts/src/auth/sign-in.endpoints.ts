import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import { loginAnswer } from './factor.js';
import {
  acceptInvitationInput,
  changePasswordInput,
  credentials,
  forgotPasswordInput,
  invitationPreview,
  jsonWebKeySet,
  linkInput,
  me,
  refreshInput,
  registered,
  registration,
  resetPasswordInput,
  sessionPage,
  signedIn,
} from './sign-in.js';
import { profilePatch } from './user.js';

const service = 'auth';

export const register = defineEndpoint({
  id: 'auth.registration.create',
  service,
  method: 'POST',
  path: '/api/v1/auth/register',
  aliases: ['/api/auth/register'],
  summary: 'Ask for an account where the academy lets people register; the link comes by mail',
  access: 'public',
  body: registration,
  response: registered,
  status: 202,
  secret: true,
});

export const login = defineEndpoint({
  id: 'auth.session.create',
  service,
  method: 'POST',
  path: '/api/v1/auth/login',
  aliases: ['/api/auth/login'],
  summary: 'Sign in by e-mail and password; sets the session cookies, or names the step that is left',
  access: 'public',
  body: credentials,
  response: loginAnswer,
  secret: true,
});

export const logout = defineEndpoint({
  id: 'auth.session.delete',
  service,
  method: 'POST',
  path: '/api/v1/auth/logout',
  aliases: ['/api/auth/logout'],
  summary: 'Sign out: ends the session and its refresh tokens; also good without a session',
  access: 'public',
  body: refreshInput,
  response: null,
  status: 204,
  secret: true,
});

export const refresh = defineEndpoint({
  id: 'auth.session.refresh',
  service,
  method: 'POST',
  path: '/api/v1/auth/refresh',
  summary: 'Trade the refresh token for a new one and a new access token',
  access: 'public',
  body: refreshInput,
  response: signedIn,
  secret: true,
});

export const getMe = defineEndpoint({
  id: 'auth.me.get',
  service,
  method: 'GET',
  path: '/api/v1/auth/me',
  aliases: ['/api/auth/me'],
  summary: 'Who is signed in',
  access: 'member',
  response: me,
});

export const updateMe = defineEndpoint({
  id: 'auth.me.update',
  service,
  method: 'PATCH',
  path: '/api/v1/auth/me',
  summary: 'Change my own name and language',
  access: 'member',
  body: profilePatch,
  response: me,
});

export const listSessions = defineEndpoint({
  id: 'auth.session.list',
  service,
  method: 'GET',
  path: '/api/v1/auth/sessions',
  summary: 'My sessions that have not ended, last seen first',
  access: 'member',
  response: sessionPage,
});

export const endSession = defineEndpoint({
  id: 'auth.session.end',
  service,
  method: 'DELETE',
  path: '/api/v1/auth/sessions/:sessionId',
  summary: 'End one of my sessions',
  access: 'member',
  params: z.strictObject({ sessionId: uuid() }),
  response: null,
  status: 204,
  personal: true,
});

export const endOtherSessions = defineEndpoint({
  id: 'auth.session.end_others',
  service,
  method: 'DELETE',
  path: '/api/v1/auth/sessions',
  summary: 'End all my sessions but this one',
  access: 'member',
  response: null,
  status: 204,
  personal: true,
});

export const verifyEmail = defineEndpoint({
  id: 'auth.registration.verify',
  service,
  method: 'POST',
  path: '/api/v1/auth/verify-email',
  summary: 'Prove the address of a registration by the token of the mailed link; then sign in',
  access: 'public',
  body: linkInput,
  response: null,
  status: 204,
  secret: true,
});

export const forgotPassword = defineEndpoint({
  id: 'auth.password.forgot',
  service,
  method: 'POST',
  path: '/api/v1/auth/forgot-password',
  summary: 'Have a link mailed to set a new password; the answer is the same for unknown addresses',
  access: 'public',
  body: forgotPasswordInput,
  response: null,
  status: 204,
});

export const resetPassword = defineEndpoint({
  id: 'auth.password.reset',
  service,
  method: 'POST',
  path: '/api/v1/auth/reset-password',
  summary: 'Set a new password by the token of the mailed link; ends all sessions',
  access: 'public',
  body: resetPasswordInput,
  response: null,
  status: 204,
  secret: true,
});

export const changePassword = defineEndpoint({
  id: 'auth.password.change',
  service,
  method: 'POST',
  path: '/api/v1/auth/change-password',
  summary: 'Change my password; ends my other sessions',
  access: 'member',
  body: changePasswordInput,
  response: null,
  status: 204,
  secret: true,
  personal: true,
});

export const readInvitation = defineEndpoint({
  id: 'auth.invitation.read',
  service,
  method: 'POST',
  path: '/api/v1/auth/read-invitation',
  summary: 'Who is invited by the token of a mailed link',
  access: 'public',
  body: linkInput,
  response: invitationPreview,
  secret: true,
});

export const acceptInvitation = defineEndpoint({
  id: 'auth.invitation.accept',
  service,
  method: 'POST',
  path: '/api/v1/auth/accept-invitation',
  summary: 'Accept an invitation with a password of one’s own; signs in',
  access: 'public',
  body: acceptInvitationInput,
  response: loginAnswer,
  secret: true,
});

export const getJsonWebKeySet = defineEndpoint({
  id: 'auth.signing_key.list',
  service,
  method: 'GET',
  path: '/.well-known/jwks.json',
  summary: 'The public keys that access tokens are signed with (RFC 7517)',
  access: 'public',
  response: jsonWebKeySet,
});

export const signInEndpoints = [
  register,
  login,
  logout,
  refresh,
  getMe,
  updateMe,
  listSessions,
  endSession,
  endOtherSessions,
  verifyEmail,
  forgotPassword,
  resetPassword,
  changePassword,
  readInvitation,
  acceptInvitation,
  getJsonWebKeySet,
] as const;
