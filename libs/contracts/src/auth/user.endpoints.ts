import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import { apiKeyPage, apiKeyRotation, createdApiKey, newApiKey } from './api-key.js';
import { sessionPage } from './sign-in.js';
import { invitationBatch, invitationBatchResult, userChange, userChangeResult } from './user-change.js';
import {
  invitation,
  invitationPage,
  newInvitation,
  newUser,
  user,
  userPage,
  userPatch,
  userQuery,
  userSummary,
  userSummaryQuery,
} from './user.js';

const service = 'auth';
const userParams = z.strictObject({ userId: uuid() });

export const listUsers = defineEndpoint({
  id: 'auth.user.list',
  service,
  method: 'GET',
  path: '/api/v1/users',
  summary: 'People of the academy, found by words, role, status, team, department or manager',
  access: 'users.read',
  query: userQuery,
  response: userPage,
});

export const summariseUsers = defineEndpoint({
  id: 'auth.user.summarise',
  service,
  method: 'GET',
  path: '/api/v1/users/summary',
  summary: 'How many people the same filter finds, and the departments there are',
  access: 'users.read',
  query: userSummaryQuery,
  response: userSummary,
});

export const changeUsers = defineEndpoint({
  id: 'auth.user.change_many',
  service,
  method: 'POST',
  path: '/api/v1/users/changes',
  summary: 'The same change for up to 100 people; each is changed or refused by itself',
  access: 'users.manage',
  body: userChange,
  response: userChangeResult,
});

export const listUserSessions = defineEndpoint({
  id: 'auth.user_session.list',
  service,
  method: 'GET',
  path: '/api/v1/users/:userId/sessions',
  summary: 'Where somebody is signed in, last seen first',
  access: 'users.manage',
  params: userParams,
  response: sessionPage,
});

export const endUserSessions = defineEndpoint({
  id: 'auth.user_session.end_all',
  service,
  method: 'DELETE',
  path: '/api/v1/users/:userId/sessions',
  summary: 'Sign somebody out everywhere',
  access: 'users.manage',
  params: userParams,
  response: null,
  status: 204,
  personal: true,
});

export const endUserSession = defineEndpoint({
  id: 'auth.user_session.end',
  service,
  method: 'DELETE',
  path: '/api/v1/users/:userId/sessions/:sessionId',
  summary: 'Sign somebody out on one device',
  access: 'users.manage',
  params: z.strictObject({ ...userParams.shape, sessionId: uuid() }),
  response: null,
  status: 204,
  personal: true,
});

export const inviteUser = defineEndpoint({
  id: 'auth.user.invite',
  service,
  method: 'POST',
  path: '/api/v1/users',
  summary: 'Invite somebody: takes a seat and mails a link',
  access: 'users.invite',
  body: newUser,
  response: user,
  status: 201,
});

export const getUser = defineEndpoint({
  id: 'auth.user.get',
  service,
  method: 'GET',
  path: '/api/v1/users/:userId',
  summary: 'One person',
  access: 'users.read',
  params: userParams,
  response: user,
  etag: true,
});

export const updateUser = defineEndpoint({
  id: 'auth.user.update',
  service,
  method: 'PATCH',
  path: '/api/v1/users/:userId',
  summary: 'Change name, role, department, team, manager or language; only an owner makes or changes owners',
  access: 'users.manage',
  params: userParams,
  body: userPatch,
  response: user,
  etag: true,
  ifMatch: true,
});

export const deactivateUser = defineEndpoint({
  id: 'auth.user.deactivate',
  service,
  method: 'POST',
  path: '/api/v1/users/:userId/deactivate',
  summary: 'Take somebody’s access away: frees the seat, ends sessions, revokes API keys',
  access: 'users.manage',
  params: userParams,
  response: user,
});

export const reactivateUser = defineEndpoint({
  id: 'auth.user.reactivate',
  service,
  method: 'POST',
  path: '/api/v1/users/:userId/reactivate',
  summary: 'Give access back: takes a seat',
  access: 'users.manage',
  params: userParams,
  response: user,
});

export const listInvitations = defineEndpoint({
  id: 'auth.invitation.list',
  service,
  method: 'GET',
  path: '/api/v1/invitations',
  summary: 'Invitations that are open, newest first',
  access: 'users.invite',
  query: z.strictObject(pageQuery),
  response: invitationPage,
});

export const createInvitation = defineEndpoint({
  id: 'auth.invitation.create',
  service,
  method: 'POST',
  path: '/api/v1/invitations',
  summary: 'Invite by e-mail address, or send somebody who is invited already a new link',
  access: 'users.invite',
  body: newInvitation,
  response: invitation,
  status: 201,
});

export const inviteMany = defineEndpoint({
  id: 'auth.invitation.create_many',
  service,
  method: 'POST',
  path: '/api/v1/invitations/batch',
  summary: 'Invite up to 100 people; each is invited or refused by itself',
  access: 'users.invite',
  body: invitationBatch,
  response: invitationBatchResult,
});

export const revokeInvitation = defineEndpoint({
  id: 'auth.invitation.revoke',
  service,
  method: 'DELETE',
  path: '/api/v1/invitations/:invitationId',
  summary: 'Take an invitation back: frees the seat',
  access: 'users.invite',
  params: z.strictObject({ invitationId: uuid() }),
  response: null,
  status: 204,
});

export const listApiKeys = defineEndpoint({
  id: 'auth.api_key.list',
  service,
  method: 'GET',
  path: '/api/v1/api-keys',
  summary: 'API keys of the academy, newest first',
  access: 'api_keys.manage',
  query: z.strictObject(pageQuery),
  response: apiKeyPage,
});

export const createApiKey = defineEndpoint({
  id: 'auth.api_key.create',
  service,
  method: 'POST',
  path: '/api/v1/api-keys',
  summary: 'Make an API key; the answer shows it once',
  access: 'api_keys.manage',
  body: newApiKey,
  response: createdApiKey,
  status: 201,
  secret: true,
  personal: true,
});

export const rotateApiKey = defineEndpoint({
  id: 'auth.api_key.rotate',
  service,
  method: 'POST',
  path: '/api/v1/api-keys/:apiKeyId/rotate',
  summary: 'Make a successor with the same scopes, shown once; the old key ends after the given time',
  access: 'api_keys.manage',
  params: z.strictObject({ apiKeyId: uuid() }),
  body: apiKeyRotation,
  response: createdApiKey,
  status: 201,
  secret: true,
  personal: true,
});

export const revokeApiKey = defineEndpoint({
  id: 'auth.api_key.revoke',
  service,
  method: 'DELETE',
  path: '/api/v1/api-keys/:apiKeyId',
  summary: 'Revoke an API key; in effect everywhere within seconds',
  access: 'api_keys.manage',
  params: z.strictObject({ apiKeyId: uuid() }),
  response: null,
  status: 204,
  personal: true,
});

export const userEndpoints = [
  listUsers,
  summariseUsers,
  changeUsers,
  inviteUser,
  getUser,
  updateUser,
  deactivateUser,
  reactivateUser,
  listUserSessions,
  endUserSessions,
  endUserSession,
  listInvitations,
  createInvitation,
  inviteMany,
  revokeInvitation,
  listApiKeys,
  createApiKey,
  rotateApiKey,
  revokeApiKey,
] as const;
