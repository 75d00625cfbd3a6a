import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import {
  createdScimToken,
  MAX_BULK_BYTES,
  newScimToken,
  scimAnswer,
  scimBody,
  scimListQuery,
  scimResourceType,
  scimSchemaId,
  scimShowQuery,
  scimStatus,
  scimTokenPage,
  scimTokenRotation,
} from './scim.js';

const service = 'auth';
const scim = { service, access: 'scim', response: scimAnswer } as const;
/** An id that is none is not there: SCIM knows no malformed ids. */
const id = z.string().min(1).max(200);
const userParams = z.strictObject({ userId: id });
const groupParams = z.strictObject({ teamId: id });

export const listScimUsers = defineEndpoint({
  ...scim,
  id: 'auth.scim_user.list',
  method: 'GET',
  path: '/scim/v2/Users',
  summary: 'SCIM: people by filter and page',
  query: scimListQuery,
});

export const createScimUser = defineEndpoint({
  ...scim,
  id: 'auth.scim_user.create',
  method: 'POST',
  path: '/scim/v2/Users',
  summary: 'SCIM: bring somebody in; no mail is sent, the sign-in is the identity provider’s',
  body: scimBody,
  status: 201,
  secret: true,
});

export const getScimUser = defineEndpoint({
  ...scim,
  id: 'auth.scim_user.get',
  method: 'GET',
  path: '/scim/v2/Users/:userId',
  summary: 'SCIM: one person',
  params: userParams,
  query: scimShowQuery,
});

export const replaceScimUser = defineEndpoint({
  ...scim,
  id: 'auth.scim_user.replace',
  method: 'PUT',
  path: '/scim/v2/Users/:userId',
  summary: 'SCIM: replace what is known of a person',
  params: userParams,
  body: scimBody,
  secret: true,
});

export const patchScimUser = defineEndpoint({
  ...scim,
  id: 'auth.scim_user.patch',
  method: 'PATCH',
  path: '/scim/v2/Users/:userId',
  summary: 'SCIM: change a person; active=false ends sessions and keys at once',
  params: userParams,
  body: scimBody,
  secret: true,
});

export const deleteScimUser = defineEndpoint({
  service,
  access: 'scim',
  id: 'auth.scim_user.delete',
  method: 'DELETE',
  path: '/scim/v2/Users/:userId',
  summary: 'SCIM: take somebody’s access away; records of learning stay',
  params: userParams,
  response: null,
  status: 204,
});

export const listScimGroups = defineEndpoint({
  ...scim,
  id: 'auth.scim_group.list',
  method: 'GET',
  path: '/scim/v2/Groups',
  summary: 'SCIM: teams by filter and page',
  query: scimListQuery,
});

export const createScimGroup = defineEndpoint({
  ...scim,
  id: 'auth.scim_group.create',
  method: 'POST',
  path: '/scim/v2/Groups',
  summary: 'SCIM: make a team',
  body: scimBody,
  status: 201,
  bodyLimit: MAX_BULK_BYTES,
  secret: true,
});

export const getScimGroup = defineEndpoint({
  ...scim,
  id: 'auth.scim_group.get',
  method: 'GET',
  path: '/scim/v2/Groups/:teamId',
  summary: 'SCIM: one team',
  params: groupParams,
  query: scimShowQuery,
});

export const replaceScimGroup = defineEndpoint({
  ...scim,
  id: 'auth.scim_group.replace',
  method: 'PUT',
  path: '/scim/v2/Groups/:teamId',
  summary: 'SCIM: replace name and members of a team',
  params: groupParams,
  body: scimBody,
  bodyLimit: MAX_BULK_BYTES,
  secret: true,
});

export const patchScimGroup = defineEndpoint({
  ...scim,
  id: 'auth.scim_group.patch',
  method: 'PATCH',
  path: '/scim/v2/Groups/:teamId',
  summary: 'SCIM: change name or members of a team',
  params: groupParams,
  body: scimBody,
  bodyLimit: MAX_BULK_BYTES,
  secret: true,
});

export const deleteScimGroup = defineEndpoint({
  service,
  access: 'scim',
  id: 'auth.scim_group.delete',
  method: 'DELETE',
  path: '/scim/v2/Groups/:teamId',
  summary: 'SCIM: remove a team; its people stay',
  params: groupParams,
  response: null,
  status: 204,
});

export const bulkScim = defineEndpoint({
  ...scim,
  id: 'auth.scim.bulk',
  method: 'POST',
  path: '/scim/v2/Bulk',
  summary: 'SCIM: many operations in one request, each by itself',
  body: scimBody,
  bodyLimit: MAX_BULK_BYTES,
  secret: true,
});

export const getScimConfig = defineEndpoint({
  ...scim,
  id: 'auth.scim.config',
  method: 'GET',
  path: '/scim/v2/ServiceProviderConfig',
  summary: 'SCIM: what is supported',
});

export const listScimResourceTypes = defineEndpoint({
  ...scim,
  id: 'auth.scim_resource_type.list',
  method: 'GET',
  path: '/scim/v2/ResourceTypes',
  summary: 'SCIM: kinds of resources',
});

export const getScimResourceType = defineEndpoint({
  ...scim,
  id: 'auth.scim_resource_type.get',
  method: 'GET',
  path: '/scim/v2/ResourceTypes/:resourceType',
  summary: 'SCIM: one kind of resource',
  params: z.strictObject({ resourceType: scimResourceType }),
});

export const listScimSchemas = defineEndpoint({
  ...scim,
  id: 'auth.scim_schema.list',
  method: 'GET',
  path: '/scim/v2/Schemas',
  summary: 'SCIM: attributes of the resources',
});

export const getScimSchema = defineEndpoint({
  ...scim,
  id: 'auth.scim_schema.get',
  method: 'GET',
  path: '/scim/v2/Schemas/:schemaUrn',
  summary: 'SCIM: attributes of one resource',
  params: z.strictObject({ schemaUrn: scimSchemaId }),
});

export const getScimStatus = defineEndpoint({
  service,
  id: 'auth.scim.status',
  method: 'GET',
  path: '/api/v1/scim',
  summary: 'How provisioning by an identity provider goes',
  access: 'tenant.manage',
  response: scimStatus,
});

export const listScimTokens = defineEndpoint({
  service,
  id: 'auth.scim_token.list',
  method: 'GET',
  path: '/api/v1/scim/tokens',
  summary: 'Tokens of identity providers, newest first',
  access: 'tenant.manage',
  query: z.strictObject(pageQuery),
  response: scimTokenPage,
});

export const createScimToken = defineEndpoint({
  service,
  id: 'auth.scim_token.create',
  method: 'POST',
  path: '/api/v1/scim/tokens',
  summary: 'Make a token for an identity provider; the answer shows it once',
  access: 'tenant.manage',
  body: newScimToken,
  response: createdScimToken,
  status: 201,
  secret: true,
  personal: true,
});

const tokenParams = z.strictObject({ scimTokenId: uuid() });

export const rotateScimToken = defineEndpoint({
  service,
  id: 'auth.scim_token.rotate',
  method: 'POST',
  path: '/api/v1/scim/tokens/:scimTokenId/rotate',
  summary: 'Make a successor, shown once; the old token ends after the given time',
  access: 'tenant.manage',
  params: tokenParams,
  body: scimTokenRotation,
  response: createdScimToken,
  status: 201,
  secret: true,
  personal: true,
});

export const revokeScimToken = defineEndpoint({
  service,
  id: 'auth.scim_token.revoke',
  method: 'DELETE',
  path: '/api/v1/scim/tokens/:scimTokenId',
  summary: 'Revoke a token; in effect within seconds',
  access: 'tenant.manage',
  params: tokenParams,
  response: null,
  status: 204,
  personal: true,
});

export const scimEndpoints = [
  listScimUsers,
  createScimUser,
  getScimUser,
  replaceScimUser,
  patchScimUser,
  deleteScimUser,
  listScimGroups,
  createScimGroup,
  getScimGroup,
  replaceScimGroup,
  patchScimGroup,
  deleteScimGroup,
  bulkScim,
  getScimConfig,
  listScimResourceTypes,
  getScimResourceType,
  listScimSchemas,
  getScimSchema,
  getScimStatus,
  listScimTokens,
  createScimToken,
  rotateScimToken,
  revokeScimToken,
] as const;
