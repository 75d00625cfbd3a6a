import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import {
  allowedAppPage,
  app,
  appAnswer,
  appLogout,
  appLogoutQuestion,
  appPage,
  appPatch,
  appQuestion,
  appSecretRotation,
  createdApp,
  interactionParams,
  issuer,
  issuerKeyRotation,
  newApp,
  nextPlace,
  protocolAnswer,
} from './app.js';

const service = 'auth';
const access = 'sso.manage';
const params = z.strictObject({ appId: uuid() });
const base = '/api/v1/sso/apps';

export const listApps = defineEndpoint({
  id: 'auth.app.list',
  service,
  method: 'GET',
  path: base,
  access,
  summary: 'Apps that sign in with this academy',
  query: z.strictObject(pageQuery),
  response: appPage,
});

export const createApp = defineEndpoint({
  id: 'auth.app.create',
  service,
  method: 'POST',
  path: base,
  access,
  summary: 'Register an app; its secret is shown this once',
  body: newApp,
  response: createdApp,
  status: 201,
  secret: true,
});

export const getApp = defineEndpoint({
  id: 'auth.app.get',
  service,
  method: 'GET',
  path: `${base}/:appId`,
  access,
  summary: 'One app',
  params,
  response: app,
  etag: true,
});

export const updateApp = defineEndpoint({
  id: 'auth.app.update',
  service,
  method: 'PATCH',
  path: `${base}/:appId`,
  access,
  summary: 'Change an app, or switch it off: then its tokens are good for nothing',
  params,
  body: appPatch,
  response: app,
  etag: true,
  ifMatch: true,
});

export const deleteApp = defineEndpoint({
  id: 'auth.app.delete',
  service,
  method: 'DELETE',
  path: `${base}/:appId`,
  access,
  summary: 'Remove an app, with all that it was allowed',
  params,
  response: null,
  status: 204,
});

export const rotateAppSecret = defineEndpoint({
  ...{ id: 'auth.app.rotate_secret', service, method: 'POST', path: `${base}/:appId/rotate-secret`, access },
  summary: 'Give an app a new secret; the old one holds on for a while',
  params,
  body: appSecretRotation,
  response: createdApp,
  secret: true,
});

export const getIssuer = defineEndpoint({
  id: 'auth.issuer.get',
  service,
  method: 'GET',
  path: '/api/v1/sso/issuer',
  access,
  summary: 'The academy as an OpenID provider: its addresses and keys',
  response: issuer,
});

export const rotateIssuerKeys = defineEndpoint({
  ...{
    id: 'auth.issuer.rotate_keys',
    service,
    method: 'POST',
    path: '/api/v1/sso/issuer/rotate-keys',
    access,
  },
  summary: 'Sign with new keys from now on; apps see the old ones beside them for a while',
  body: issuerKeyRotation,
  response: issuer,
});

export const listAllowedApps = defineEndpoint({
  id: 'auth.allowed_app.list',
  service,
  method: 'GET',
  path: '/api/v1/auth/apps',
  access: 'member',
  summary: 'The apps that I let know me',
  response: allowedAppPage,
});

export const disallowApp = defineEndpoint({
  ...{ id: 'auth.allowed_app.delete', service, method: 'DELETE', path: '/api/v1/auth/apps/:appId' },
  access: 'member',
  summary: 'Let an app know me no more: its tokens are void',
  params,
  response: null,
  status: 204,
  personal: true,
});

// What apps and browsers open themselves (OpenID Connect). Whatever is wrong, a browser is led to a calm page.

const protocol = { service, access: 'oauth', crossSite: true } as const;
const anyQuery = z.record(z.string().max(100), z.unknown());

export const oidcDiscovery = defineEndpoint({
  service,
  access: 'public',
  id: 'auth.issuer.discover',
  method: 'GET',
  path: '/oidc/.well-known/openid-configuration',
  summary: 'OpenID provider metadata of this academy',
  response: protocolAnswer,
});

export const issuerKeySet = defineEndpoint({
  service,
  access: 'public',
  id: 'auth.issuer.keys',
  method: 'GET',
  path: '/oidc/jwks',
  summary: 'The public keys that ID tokens and logout tokens are signed with',
  response: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }),
});

export const authorizeApp = defineEndpoint({
  id: 'auth.issuer.authorize',
  service,
  method: 'GET',
  path: '/oidc/auth',
  access: 'public',
  summary: 'Sign somebody in to an app: code and PKCE (S256) only',
  query: anyQuery,
  response: null,
});

export const authorizeAppByPost = defineEndpoint({
  id: 'auth.issuer.authorize_post',
  service,
  method: 'POST',
  path: '/oidc/auth',
  access: 'public',
  summary: 'The same, posted by the page of an app',
  response: null,
  upload: true,
  crossSite: true,
  secret: true,
  bodyLimit: 16 * 1024,
});

export const resumeApp = defineEndpoint({
  id: 'auth.issuer.resume',
  service,
  method: 'GET',
  path: '/oidc/auth/:interactionId',
  access: 'public',
  summary: 'Go on with a sign-in to an app',
  params: interactionParams,
  response: null,
});

export const interact = defineEndpoint({
  id: 'auth.issuer.interact',
  service,
  method: 'GET',
  path: '/oidc/interaction/:interactionId',
  access: 'public',
  summary: 'Lead the browser to what is left to do: sign in, or say whether the app may know one',
  params: interactionParams,
  response: null,
});

export const getAppQuestion = defineEndpoint({
  id: 'auth.issuer.question',
  service,
  method: 'GET',
  path: '/oidc/interaction/:interactionId/question',
  access: 'member',
  summary: 'Which app wants to know what of me',
  params: interactionParams,
  response: appQuestion,
  personal: true,
});

export const answerAppQuestion = defineEndpoint({
  id: 'auth.issuer.answer',
  service,
  method: 'POST',
  path: '/oidc/interaction/:interactionId/answer',
  access: 'member',
  summary: 'Let an app know me, or not',
  params: interactionParams,
  body: appAnswer,
  response: nextPlace,
  secret: true,
  personal: true,
});

export const appToken = defineEndpoint({
  ...protocol,
  id: 'auth.issuer.token',
  method: 'POST',
  path: '/oidc/token',
  summary: 'Trade a code or a refresh token for tokens',
  response: protocolAnswer,
  upload: true,
  secret: true,
  bodyLimit: 16 * 1024,
});

export const revokeAppToken = defineEndpoint({
  ...protocol,
  id: 'auth.issuer.revoke',
  method: 'POST',
  path: '/oidc/token/revocation',
  summary: 'Give a token back (RFC 7009)',
  response: null,
  status: 200,
  upload: true,
  secret: true,
  bodyLimit: 16 * 1024,
});

export const appUserinfo = defineEndpoint({
  ...protocol,
  id: 'auth.issuer.userinfo',
  method: 'GET',
  path: '/oidc/me',
  summary: 'Claims about the person of an access token',
  response: protocolAnswer,
});

export const appUserinfoByPost = defineEndpoint({
  ...protocol,
  id: 'auth.issuer.userinfo_post',
  method: 'POST',
  path: '/oidc/me',
  summary: 'The same, posted',
  response: protocolAnswer,
  upload: true,
  secret: true,
  bodyLimit: 16 * 1024,
});

export const endAppSession = defineEndpoint({
  id: 'auth.issuer.end_session',
  service,
  method: 'GET',
  path: '/oidc/session/end',
  access: 'public',
  summary: 'Sign out at the wish of an app (OpenID Connect RP-Initiated Logout)',
  query: anyQuery,
  response: null,
});

export const endAppSessionByPost = defineEndpoint({
  id: 'auth.issuer.end_session_post',
  service,
  method: 'POST',
  path: '/oidc/session/end',
  access: 'public',
  summary: 'The same, posted by the page of an app',
  response: null,
  upload: true,
  crossSite: true,
  secret: true,
  bodyLimit: 16 * 1024,
});

export const previewAppLogout = defineEndpoint({
  id: 'auth.issuer.preview_logout',
  service,
  method: 'POST',
  path: '/oidc/session/end/question',
  access: 'public',
  summary: 'Which app wants me to sign out',
  body: appLogout,
  response: appLogoutQuestion,
  secret: true,
});

export const confirmAppLogout = defineEndpoint({
  id: 'auth.issuer.confirm_logout',
  service,
  method: 'POST',
  path: '/oidc/session/end/confirm',
  access: 'public',
  summary: 'Sign out, after having been asked',
  body: appLogout,
  response: nextPlace,
  secret: true,
});

export const appEndpoints = [
  listApps,
  createApp,
  getApp,
  updateApp,
  deleteApp,
  rotateAppSecret,
  getIssuer,
  rotateIssuerKeys,
  listAllowedApps,
  disallowApp,
  oidcDiscovery,
  issuerKeySet,
  authorizeApp,
  authorizeAppByPost,
  resumeApp,
  interact,
  getAppQuestion,
  answerAppQuestion,
  appToken,
  revokeAppToken,
  appUserinfo,
  appUserinfoByPost,
  endAppSession,
  endAppSessionByPost,
  previewAppLogout,
  confirmAppLogout,
] as const;
