import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import {
  attemptDetail,
  attemptPage,
  connection,
  connectionList,
  connectionPatch,
  discovered,
  discoverInput,
  emailDomain,
  emailDomainList,
  emailDomainParams,
  handoffInput,
  handoffPreview,
  mappingPreview,
  mappingPreviewInput,
  newConnection,
  newEmailDomain,
  providerLogout,
  signInEnforcement,
  signInEnforcementInput,
  signInOptions,
  testStart,
} from './connection.js';
import { signedIn } from './sign-in.js';

const service = 'auth';
const access = 'sso.manage';
const params = z.strictObject({ connectionId: uuid() });
const base = '/api/v1/sso/connections';

export const listConnections = defineEndpoint({
  id: 'auth.connection.list',
  service,
  method: 'GET',
  path: base,
  access,
  summary: 'Connections to identity providers',
  response: connectionList,
});

export const createConnection = defineEndpoint({
  id: 'auth.connection.create',
  service,
  method: 'POST',
  path: base,
  access,
  summary: 'Set up a connection; nobody signs in by it before it is enabled',
  body: newConnection,
  response: connection,
  status: 201,
  secret: true,
});

export const getConnection = defineEndpoint({
  id: 'auth.connection.get',
  service,
  method: 'GET',
  path: `${base}/:connectionId`,
  access,
  summary: 'One connection, with the values to copy to the provider',
  params,
  response: connection,
  etag: true,
});

export const updateConnection = defineEndpoint({
  id: 'auth.connection.update',
  service,
  method: 'PATCH',
  path: `${base}/:connectionId`,
  access,
  summary: 'Change a connection; settings of the provider have to be tested anew before it is enabled',
  params,
  body: connectionPatch,
  response: connection,
  etag: true,
  ifMatch: true,
  secret: true,
});

export const deleteConnection = defineEndpoint({
  id: 'auth.connection.delete',
  service,
  method: 'DELETE',
  path: `${base}/:connectionId`,
  access,
  summary: 'Remove a connection: its sessions end, its people stay',
  params,
  response: null,
  status: 204,
});

export const enableConnection = defineEndpoint({
  id: 'auth.connection.enable',
  service,
  method: 'POST',
  path: `${base}/:connectionId/enable`,
  access,
  summary: 'Let people sign in by a connection that was tested',
  params,
  response: connection,
});

export const disableConnection = defineEndpoint({
  ...{
    id: 'auth.connection.disable',
    service,
    method: 'POST',
    path: `${base}/:connectionId/disable`,
    access,
  },
  summary: 'Let nobody sign in by a connection any more: its sessions end',
  params,
  response: connection,
});

export const makeDefaultConnection = defineEndpoint({
  ...{
    id: 'auth.connection.make_default',
    service,
    method: 'POST',
    path: `${base}/:connectionId/default`,
    access,
  },
  summary: 'Make a connection the one that the sign-in page leads to first',
  params,
  response: connection,
});

export const rotateConnectionKey = defineEndpoint({
  ...{
    id: 'auth.connection.rotate_key',
    service,
    method: 'POST',
    path: `${base}/:connectionId/rotate-key`,
    access,
  },
  summary: 'Announce a new key of our side; asked once more, it signs and the one before is gone',
  params,
  response: connection,
});

export const refreshConnection = defineEndpoint({
  ...{
    id: 'auth.connection.refresh',
    service,
    method: 'POST',
    path: `${base}/:connectionId/refresh`,
    access,
  },
  summary: 'Read the metadata of the provider anew now; where they cannot be read, all stays as it is',
  params,
  response: connection,
});

export const testConnection = defineEndpoint({
  id: 'auth.connection.test',
  service,
  method: 'POST',
  path: `${base}/:connectionId/test`,
  access,
  summary: 'Begin a test sign-in in this browser: it shows what the provider says, and signs nobody in',
  params,
  response: testStart,
  secret: true,
});

export const listAttempts = defineEndpoint({
  id: 'auth.sso_attempt.list',
  service,
  method: 'GET',
  path: `${base}/:connectionId/attempts`,
  access,
  summary: 'The last sign-ins and tests of a connection, newest first; kept for seven days',
  params,
  query: z.strictObject(pageQuery),
  response: attemptPage,
});

export const getAttempt = defineEndpoint({
  ...{
    id: 'auth.sso_attempt.get',
    service,
    method: 'GET',
    path: `${base}/:connectionId/attempts/:attemptId`,
    access,
  },
  summary: 'What the provider said in one attempt, and what was found wrong with it',
  params: z.strictObject({ connectionId: uuid(), attemptId: uuid() }),
  response: attemptDetail,
});

export const previewMapping = defineEndpoint({
  ...{
    id: 'auth.sso_attempt.preview',
    service,
    method: 'POST',
    path: `${base}/:connectionId/preview`,
    access,
  },
  summary: 'Who would come of an answer of the provider by another mapping and other rules',
  params,
  body: mappingPreviewInput,
  response: mappingPreview,
});

export const getSignInEnforcement = defineEndpoint({
  id: 'auth.sign_in_enforcement.get',
  service,
  method: 'GET',
  path: '/api/v1/sso/enforcement',
  access,
  summary: 'Whether people must sign in by a connection, and who need not',
  response: signInEnforcement,
});

export const putSignInEnforcement = defineEndpoint({
  id: 'auth.sign_in_enforcement.put',
  service,
  method: 'PUT',
  path: '/api/v1/sso/enforcement',
  access,
  summary: 'Make sign-in by a connection the only way, but for named accounts; sessions by password end',
  body: signInEnforcementInput,
  response: signInEnforcement,
});

export const listEmailDomains = defineEndpoint({
  id: 'auth.email_domain.list',
  service,
  method: 'GET',
  path: '/api/v1/sso/email-domains',
  access,
  summary: 'Domains of e-mail addresses that the academy has proved, or is about to',
  response: emailDomainList,
});

export const addEmailDomain = defineEndpoint({
  id: 'auth.email_domain.add',
  service,
  method: 'POST',
  path: '/api/v1/sso/email-domains',
  access,
  summary: 'Name a domain of e-mail addresses; it counts once its TXT record is there',
  body: newEmailDomain,
  response: emailDomain,
  status: 201,
});

export const verifyEmailDomain = defineEndpoint({
  ...{
    id: 'auth.email_domain.verify',
    service,
    method: 'POST',
    path: '/api/v1/sso/email-domains/:domain/verify',
    access,
  },
  summary: 'Look for the TXT record of a domain now',
  params: emailDomainParams,
  response: emailDomain,
});

export const removeEmailDomain = defineEndpoint({
  ...{
    id: 'auth.email_domain.remove',
    service,
    method: 'DELETE',
    path: '/api/v1/sso/email-domains/:domain',
    access,
  },
  summary: 'Forget a domain: its people are no longer led to a connection, nor linked by their address',
  params: emailDomainParams,
  response: null,
  status: 204,
});

export const getSignInOptions = defineEndpoint({
  ...{
    id: 'auth.sign_in_option.list',
    service,
    method: 'GET',
    path: '/api/v1/auth/sign-in-options',
    access: 'public',
  },
  summary: 'The ways to sign in that this academy offers',
  response: signInOptions,
});

export const discoverSignIn = defineEndpoint({
  ...{
    id: 'auth.sign_in_option.discover',
    service,
    method: 'POST',
    path: '/api/v1/auth/discover',
    access: 'public',
  },
  summary:
    'Which connection the domain of an address leads to; whether anybody has that address makes no difference',
  body: discoverInput,
  response: discovered,
  secret: true,
});

export const previewHandoff = defineEndpoint({
  ...{
    id: 'auth.sso_handoff.preview',
    service,
    method: 'POST',
    path: '/api/v1/auth/sso/preview',
    access: 'public',
  },
  summary: 'Who is about to be signed in, after a sign-in that the provider began',
  body: handoffInput,
  response: handoffPreview,
  secret: true,
});

export const confirmHandoff = defineEndpoint({
  ...{
    id: 'auth.sso_handoff.confirm',
    service,
    method: 'POST',
    path: '/api/v1/auth/sso/confirm',
    access: 'public',
  },
  summary: 'Go on with a sign-in that the provider began; signs in',
  body: handoffInput,
  response: signedIn,
  secret: true,
});

export const logoutAtProvider = defineEndpoint({
  ...{
    id: 'auth.session.provider_logout',
    service,
    method: 'POST',
    path: '/api/v1/auth/sso/logout',
    access: 'member',
  },
  summary: 'End this session, and tell where to go to end the one at the provider',
  response: providerLogout,
  secret: true,
  personal: true,
});

// What browsers and providers open themselves. Whatever is wrong, a browser is led to a calm page.

export const startSignIn = defineEndpoint({
  ...{
    id: 'auth.sso.start',
    service,
    method: 'GET',
    path: '/auth/sso/:connectionId/start',
    access: 'public',
  },
  summary: 'Lead the browser to the identity provider',
  params,
  query: z.strictObject({
    returnTo: z.string().max(2_000).optional(),
    test: z.string().max(100).optional(),
  }),
  response: null,
});

export const finishSignIn = defineEndpoint({
  id: 'auth.sso.finish',
  service,
  method: 'GET',
  path: '/auth/sso/finish',
  access: 'public',
  summary: 'End a sign-in in the browser that began it: sets the session and leads on',
  query: z.strictObject({ handle: z.string().max(100) }),
  response: null,
  secret: true,
});

export const samlMetadata = defineEndpoint({
  ...{
    id: 'auth.saml.metadata',
    service,
    method: 'GET',
    path: '/auth/saml/:connectionId/metadata',
    access: 'public',
  },
  summary: 'The metadata of our side of a SAML connection',
  params,
  response: null,
  download: true,
});

export const samlAcs = defineEndpoint({
  id: 'auth.saml.acs',
  service,
  method: 'POST',
  path: '/auth/saml/:connectionId/acs',
  access: 'public',
  summary: 'Take the answer of a SAML provider',
  params,
  response: null,
  upload: true,
  crossSite: true,
  secret: true,
  bodyLimit: 512 * 1024,
});

export const samlLogoutRedirect = defineEndpoint({
  ...{
    id: 'auth.saml.slo_redirect',
    service,
    method: 'GET',
    path: '/auth/saml/:connectionId/slo',
    access: 'public',
  },
  summary: 'Single logout by redirect: a request of the provider, or its answer to ours',
  params,
  query: z.record(z.string().max(100), z.unknown()),
  response: null,
});

export const samlLogoutPost = defineEndpoint({
  ...{
    id: 'auth.saml.slo_post',
    service,
    method: 'POST',
    path: '/auth/saml/:connectionId/slo',
    access: 'public',
  },
  summary: 'Single logout by post',
  params,
  response: null,
  upload: true,
  crossSite: true,
  secret: true,
  bodyLimit: 256 * 1024,
});

export const oidcCallback = defineEndpoint({
  ...{
    id: 'auth.oidc.callback',
    service,
    method: 'GET',
    path: '/auth/oidc/:connectionId/callback',
    access: 'public',
  },
  summary: 'Take the answer of an OpenID provider',
  params,
  query: z.record(z.string().max(100), z.unknown()),
  response: null,
});

export const oidcKeys = defineEndpoint({
  ...{
    id: 'auth.oidc.keys',
    service,
    method: 'GET',
    path: '/auth/oidc/:connectionId/jwks.json',
    access: 'public',
  },
  summary: 'The public keys of our side of an OpenID connection, for private_key_jwt',
  params,
  response: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }),
});

export const oidcBackchannelLogout = defineEndpoint({
  ...{
    id: 'auth.oidc.backchannel_logout',
    service,
    method: 'POST',
    path: '/auth/oidc/:connectionId/backchannel-logout',
  },
  access: 'public',
  summary: 'Take the word of an OpenID provider that somebody has signed out there',
  params,
  response: null,
  status: 200,
  upload: true,
  crossSite: true,
  secret: true,
  bodyLimit: 64 * 1024,
});

export const connectionEndpoints = [
  listConnections,
  createConnection,
  getConnection,
  updateConnection,
  deleteConnection,
  enableConnection,
  disableConnection,
  makeDefaultConnection,
  rotateConnectionKey,
  refreshConnection,
  testConnection,
  listAttempts,
  getAttempt,
  previewMapping,
  getSignInEnforcement,
  putSignInEnforcement,
  listEmailDomains,
  addEmailDomain,
  verifyEmailDomain,
  removeEmailDomain,
  getSignInOptions,
  discoverSignIn,
  previewHandoff,
  confirmHandoff,
  logoutAtProvider,
  startSignIn,
  finishSignIn,
  samlMetadata,
  samlAcs,
  samlLogoutRedirect,
  samlLogoutPost,
  oidcCallback,
  oidcKeys,
  oidcBackchannelLogout,
] as const;
