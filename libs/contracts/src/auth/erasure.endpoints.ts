import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import { erasure, erasurePage } from './erasure.js';

const service = 'auth';
const userParams = z.strictObject({ userId: uuid() });

export const eraseUser = defineEndpoint({
  id: 'auth.erasure.create',
  service,
  method: 'POST',
  path: '/api/v1/users/:userId/erasure',
  summary:
    'Erase somebody who is deactivated, for good: name, address and words go everywhere, results stay as nobody’s',
  access: 'users.manage',
  params: userParams,
  response: erasure,
  status: 202,
  personal: true,
});

export const getErasure = defineEndpoint({
  id: 'auth.erasure.get',
  service,
  method: 'GET',
  path: '/api/v1/users/:userId/erasure',
  summary: 'How far the erasure of a person has come',
  access: 'users.manage',
  params: userParams,
  response: erasure,
});

export const listErasures = defineEndpoint({
  id: 'auth.erasure.list',
  service,
  method: 'GET',
  path: '/api/v1/privacy/erasures',
  summary: 'Who was erased, newest first',
  access: 'users.manage',
  query: z.strictObject(pageQuery),
  response: erasurePage,
});

export const downloadMyData = defineEndpoint({
  id: 'auth.personal_data.download_mine',
  service,
  method: 'GET',
  path: '/api/v1/me/data',
  summary: 'Everything that is held about you, in one ZIP archive of readable pages, JSON and CSV',
  access: 'member',
  response: null,
  download: true,
  personal: true,
});

export const downloadUserData = defineEndpoint({
  id: 'auth.personal_data.download',
  service,
  method: 'GET',
  path: '/api/v1/users/:userId/data',
  summary: 'Everything that is held about a person, in one ZIP archive of readable pages, JSON and CSV',
  access: 'users.manage',
  params: userParams,
  response: null,
  download: true,
  personal: true,
});

export const erasureEndpoints = [
  eraseUser,
  getErasure,
  listErasures,
  downloadMyData,
  downloadUserData,
] as const;
