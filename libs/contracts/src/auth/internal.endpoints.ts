import { defineEndpoint } from '../index.js';
import { apiKeyUses } from './api-key.js';
import { demoOperators, demoPasswords, userImport, userImportResult, usersDigest } from './onboarding.js';

const service = 'auth';

export const importUsers = defineEndpoint({
  id: 'auth.onboarding.import_users',
  service,
  method: 'POST',
  path: '/internal/v1/users/import',
  summary: 'Upsert people of an onboarding bundle by e-mail; once more changes nothing',
  access: 'service',
  body: userImport,
  response: userImportResult,
});

export const digestUsers = defineEndpoint({
  id: 'auth.onboarding.digest',
  service,
  method: 'GET',
  path: '/internal/v1/users/digest',
  summary: 'Count and digest of the people of the tenant',
  access: 'service',
  response: usersDigest,
});

export const setDemoPasswords = defineEndpoint({
  id: 'auth.demo.set_passwords',
  service,
  method: 'POST',
  path: '/internal/v1/demo/passwords',
  summary: 'Give demo accounts of the tenant their passwords; refused outside demo mode',
  access: 'service',
  body: demoPasswords,
  response: null,
  status: 204,
  secret: true,
});

export const setDemoOperators = defineEndpoint({
  id: 'auth.demo.set_operators',
  service,
  method: 'POST',
  path: '/internal/v1/demo/operators',
  summary: 'Make the demo operators; refused outside demo mode',
  access: 'service',
  body: demoOperators,
  response: null,
  status: 204,
  secret: true,
});

export const recordApiKeyUse = defineEndpoint({
  id: 'auth.api_key.record_use',
  service,
  method: 'POST',
  path: '/internal/v1/api-keys/uses',
  summary: 'When keys of the tenant were last used; sent about once a minute',
  access: 'service',
  body: apiKeyUses,
  response: null,
  status: 204,
});

export const internalEndpoints = [
  importUsers,
  digestUsers,
  setDemoPasswords,
  setDemoOperators,
  recordApiKeyUse,
] as const;
