import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import { attemptDetail, testStart } from './connection.js';
import {
  madeSetupLink,
  newSetupLink,
  setup,
  setupAttemptInput,
  setupInput,
  setupLinkList,
  setupToken,
} from './setup-link.js';

const service = 'auth';
const access = 'sso.manage';
const base = '/api/v1/sso/setup-links';
const open = '/api/v1/auth/setup';

export const listSetupLinks = defineEndpoint({
  id: 'auth.setup_link.list',
  service,
  method: 'GET',
  path: base,
  access,
  summary: 'Links by which people without an account set up a connection, newest first',
  response: setupLinkList,
});

export const createSetupLink = defineEndpoint({
  id: 'auth.setup_link.create',
  service,
  method: 'POST',
  path: base,
  access,
  summary: 'Make a link by which the IT department sets up one connection; an administrator enables it',
  body: newSetupLink,
  response: madeSetupLink,
  status: 201,
  secret: true,
});

export const revokeSetupLink = defineEndpoint({
  id: 'auth.setup_link.revoke',
  service,
  method: 'DELETE',
  path: `${base}/:setupLinkId`,
  access,
  summary: 'End a setup link: what was set up by it stays',
  params: z.strictObject({ setupLinkId: uuid() }),
  response: null,
  status: 204,
});

// What the link opens. It stands in the body: not in addresses, not in logs.

export const openSetup = defineEndpoint({
  id: 'auth.setup.open',
  service,
  method: 'POST',
  path: `${open}/open`,
  access: 'public',
  summary: 'Open a setup link: the values to copy, and what is known of the provider',
  body: setupToken,
  response: setup,
  secret: true,
});

export const saveSetup = defineEndpoint({
  id: 'auth.setup.save',
  service,
  method: 'POST',
  path: `${open}/save`,
  access: 'public',
  summary: 'Save what the provider says of itself, by a setup link',
  body: setupInput,
  response: setup,
  secret: true,
});

export const testSetup = defineEndpoint({
  id: 'auth.setup.test',
  service,
  method: 'POST',
  path: `${open}/test`,
  access: 'public',
  summary: 'Begin a test sign-in of the connection of a setup link: it signs nobody in',
  body: setupToken,
  response: testStart,
  secret: true,
});

export const readSetupAttempt = defineEndpoint({
  id: 'auth.setup.attempt',
  service,
  method: 'POST',
  path: `${open}/attempt`,
  access: 'public',
  summary: 'What the provider said in a test of the connection of a setup link, and what was wrong with it',
  body: setupAttemptInput,
  response: attemptDetail,
  secret: true,
});

export const finishSetup = defineEndpoint({
  id: 'auth.setup.finish',
  service,
  method: 'POST',
  path: `${open}/finish`,
  access: 'public',
  summary: 'Say that the set-up is done: the link ends, and whoever made it is told',
  body: setupToken,
  response: null,
  status: 204,
  secret: true,
});

export const setupLinkEndpoints = [
  listSetupLinks,
  createSetupLink,
  revokeSetupLink,
  openSetup,
  saveSetup,
  testSetup,
  readSetupAttempt,
  finishSetup,
] as const;
