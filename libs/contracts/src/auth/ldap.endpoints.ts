import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import {
  ldapChecked,
  ldapCheckInput,
  ldapFlow,
  ldapFlowInput,
  ldapSettled,
  ldapSignInInput,
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

export const ldapEndpoints = [checkLdap, readLdapFlow, signInByLdap] as const;
