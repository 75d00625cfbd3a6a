import { defineEndpoint, tenantHandle } from '../index.js';
import {
  actingOrder,
  actingParams,
  actingSessionList,
  newActing,
  newOwner,
  tenantPeopleQuery,
  tenantPerson,
  tenantPersonPage,
  ticketInput,
} from './acting.js';
import { signedIn } from './sign-in.js';

const service = 'auth';
const operator = { service, access: 'operator', params: tenantHandle } as const;

export const listTenantPeople = defineEndpoint({
  ...operator,
  id: 'auth.operator_person.list',
  method: 'GET',
  path: '/api/v1/operator/tenants/:tenantId/people',
  summary: 'People of one tenant, by name: its owners, or whom to act as',
  query: tenantPeopleQuery,
  response: tenantPersonPage,
});

export const inviteOwner = defineEndpoint({
  ...operator,
  id: 'auth.operator_owner.invite',
  method: 'POST',
  path: '/api/v1/operator/tenants/:tenantId/owners',
  summary: 'Invite the first owner of a tenant, or another one; the link comes by mail',
  body: newOwner,
  response: tenantPerson,
  status: 201,
});

export const startActing = defineEndpoint({
  ...operator,
  id: 'auth.acting.start',
  method: 'POST',
  path: '/api/v1/operator/tenants/:tenantId/act-as',
  summary:
    'Act as somebody of an active tenant for at most half an hour; the tenant’s owners see who did and why',
  body: newActing,
  response: actingOrder,
  status: 201,
  secret: true,
});

export const listActing = defineEndpoint({
  ...operator,
  id: 'auth.acting.list',
  method: 'GET',
  path: '/api/v1/operator/tenants/:tenantId/act-as',
  summary: 'Operators who act as somebody of the tenant now',
  response: actingSessionList,
});

export const endActing = defineEndpoint({
  ...operator,
  id: 'auth.acting.end',
  method: 'DELETE',
  path: '/api/v1/operator/tenants/:tenantId/act-as/:sessionId',
  summary: 'End such a session, whoever began it',
  params: actingParams,
  response: null,
  status: 204,
});

export const enterActing = defineEndpoint({
  id: 'auth.acting.enter',
  service,
  method: 'POST',
  path: '/api/v1/auth/act-as',
  summary: 'Trade the ticket that the control centre gave an operator for a session; once, within a minute',
  access: 'public',
  body: ticketInput,
  response: signedIn,
  secret: true,
});

export const leaveActing = defineEndpoint({
  id: 'auth.acting.leave',
  service,
  method: 'DELETE',
  path: '/api/v1/auth/act-as',
  summary: 'Stop acting as this person: the session ends everywhere',
  access: 'member',
  response: null,
  status: 204,
});

export const actingEndpoints = [
  listTenantPeople,
  inviteOwner,
  startActing,
  listActing,
  endActing,
  enterActing,
  leaveActing,
] as const;
