import { z } from 'zod';
import { defineEndpoint } from '../index.js';
import { newOperator, operator, operatorCredentials, operatorSignedIn, refreshInput } from './sign-in.js';

const service = 'auth';

export const operatorLogin = defineEndpoint({
  id: 'auth.operator_session.create',
  service,
  method: 'POST',
  path: '/api/v1/operator/auth/login',
  summary: 'Sign in as an operator of the platform; on the admin host only',
  access: 'public',
  body: operatorCredentials,
  response: operatorSignedIn,
  secret: true,
});

export const operatorLogout = defineEndpoint({
  id: 'auth.operator_session.delete',
  service,
  method: 'POST',
  path: '/api/v1/operator/auth/logout',
  summary: 'Sign out as an operator',
  access: 'public',
  body: refreshInput,
  response: null,
  status: 204,
  secret: true,
});

export const operatorRefresh = defineEndpoint({
  id: 'auth.operator_session.refresh',
  service,
  method: 'POST',
  path: '/api/v1/operator/auth/refresh',
  summary: 'Trade an operator’s refresh token for a new one and a new access token',
  access: 'public',
  body: refreshInput,
  response: operatorSignedIn,
  secret: true,
});

export const getOperatorMe = defineEndpoint({
  id: 'auth.operator_me.get',
  service,
  method: 'GET',
  path: '/api/v1/operator/auth/me',
  summary: 'Which operator is signed in',
  access: 'operator',
  response: operator,
});

export const createOperator = defineEndpoint({
  id: 'auth.operator.create',
  service,
  method: 'POST',
  path: '/api/v1/operator/operators',
  summary: 'Make another operator',
  access: 'operator',
  body: newOperator,
  response: operator,
  status: 201,
  secret: true,
});

export const rotateSigningKey = defineEndpoint({
  id: 'auth.signing_key.rotate',
  service,
  method: 'POST',
  path: '/api/v1/operator/signing-keys/rotate',
  summary: 'Sign with a new key from now on; `revoke` refuses what the old ones signed at once',
  access: 'operator',
  body: z.strictObject({ revoke: z.boolean().default(false) }),
  response: z.strictObject({ kid: z.string() }),
});

export const operatorEndpoints = [
  operatorLogin,
  operatorLogout,
  operatorRefresh,
  getOperatorMe,
  createOperator,
  rotateSigningKey,
] as const;
