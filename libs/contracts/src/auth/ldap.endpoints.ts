import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import {
  ldapChecked,
  ldapCheckInput,
  ldapFlow,
  ldapFlowInput,
  ldapSettled,
  ldapSignInInput,
  ldapSyncDetail,
  ldapSyncInput,
  ldapSyncList,
  ldapSyncRun,
} from './ldap.js';

const service = 'auth';
const access = 'sso.manage';
const params = z.strictObject({ connectionId: uuid() });
const base = '/api/v1/sso/connections/:connectionId/ldap';

export const checkLdap = defineEndpoint({
  id: 'auth.ldap.check',
  service,
  method: 'POST',
  path: `${base}/check`,
  access,
  summary:
    'Look at a directory as sign-in would, step by step, and say in words what is wrong; signs nobody in',
  params,
  body: ldapCheckInput,
  response: ldapChecked,
  secret: true,
});

export const listLdapSyncs = defineEndpoint({
  id: 'auth.ldap_sync.list',
  service,
  method: 'GET',
  path: `${base}/syncs`,
  access,
  summary: 'The last runs in which people of a directory were taken over, newest first',
  params,
  response: ldapSyncList,
});

export const startLdapSync = defineEndpoint({
  id: 'auth.ldap_sync.start',
  service,
  method: 'POST',
  path: `${base}/syncs`,
  access,
  summary: 'Take people of a directory over now, or say first what would come of it',
  params,
  body: ldapSyncInput,
  response: ldapSyncRun,
  status: 202,
});

export const getLdapSync = defineEndpoint({
  id: 'auth.ldap_sync.get',
  service,
  method: 'GET',
  path: `${base}/syncs/:syncId`,
  access,
  summary: 'One run, with the people whom it concerned',
  params: z.strictObject({ connectionId: uuid(), syncId: uuid() }),
  response: ldapSyncDetail,
});

export const readLdapFlow = defineEndpoint({
  id: 'auth.ldap.flow',
  service,
  method: 'POST',
  path: '/api/v1/auth/ldap/:connectionId/flow',
  access: 'public',
  summary: 'What a sign-in at a directory, begun in this browser, is for',
  params,
  body: ldapFlowInput,
  response: ldapFlow,
  secret: true,
});

export const signInByLdap = defineEndpoint({
  id: 'auth.ldap.sign_in',
  service,
  method: 'POST',
  path: '/api/v1/auth/ldap/:connectionId/sign-in',
  access: 'public',
  summary:
    'Answer a sign-in begun in this browser with name and password of the directory; says where to go on',
  params,
  body: ldapSignInInput,
  response: ldapSettled,
  secret: true,
});

export const ldapEndpoints = [
  checkLdap,
  listLdapSyncs,
  startLdapSync,
  getLdapSync,
  readLdapFlow,
  signInByLdap,
] as const;
