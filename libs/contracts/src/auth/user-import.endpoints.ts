import { z } from 'zod';
import { defineEndpoint, pageQuery, uuid } from '../index.js';
import {
  MAX_PEOPLE_FILE_BYTES,
  peopleImport,
  peopleImportPage,
  peopleImportRowPage,
  peopleImportRowQuery,
  peopleImportStart,
  peopleUploadQuery,
} from './user-import.js';

const shared = { service: 'auth', access: 'users.manage' } as const;
const params = z.strictObject({ importId: uuid() });

export const listPeopleImports = defineEndpoint({
  ...shared,
  id: 'auth.user_import.list',
  method: 'GET',
  path: '/api/v1/user-imports',
  summary: 'Imports of people, newest first',
  query: z.strictObject(pageQuery),
  response: peopleImportPage,
});

export const uploadPeople = defineEndpoint({
  ...shared,
  id: 'auth.user_import.upload',
  method: 'POST',
  path: '/api/v1/user-imports',
  summary:
    'Upload a list of people (CSV: email,name,role,team,department,manager_email); it is checked, and nothing is written yet',
  query: peopleUploadQuery,
  upload: true,
  bodyLimit: MAX_PEOPLE_FILE_BYTES,
  response: peopleImport,
  status: 201,
});

export const showPeopleImport = defineEndpoint({
  ...shared,
  id: 'auth.user_import.show',
  method: 'GET',
  path: '/api/v1/user-imports/:importId',
  summary: 'How far an import is',
  params,
  response: peopleImport,
});

export const listPeopleImportRows = defineEndpoint({
  ...shared,
  id: 'auth.user_import.rows',
  method: 'GET',
  path: '/api/v1/user-imports/:importId/rows',
  summary: 'What would happen, or has happened, to each row',
  params,
  query: peopleImportRowQuery,
  response: peopleImportRowPage,
});

export const startPeopleImport = defineEndpoint({
  ...shared,
  id: 'auth.user_import.start',
  method: 'POST',
  path: '/api/v1/user-imports/:importId/start',
  summary:
    'Write what the dry run showed; rows that fail are left out. New people are mailed only when asked for',
  params,
  body: peopleImportStart,
  response: peopleImport,
  status: 202,
});

export const cancelPeopleImport = defineEndpoint({
  ...shared,
  id: 'auth.user_import.cancel',
  method: 'POST',
  path: '/api/v1/user-imports/:importId/cancel',
  summary: 'Stop an import; what it has written stays',
  params,
  response: peopleImport,
});

export const downloadPeopleImportErrors = defineEndpoint({
  ...shared,
  id: 'auth.user_import.errors',
  method: 'GET',
  path: '/api/v1/user-imports/:importId/errors.csv',
  summary: 'The rows that fail, as they were given, with the reason: mend them and upload this file',
  params,
  download: true,
  response: null,
});

export const userImportEndpoints = [
  listPeopleImports,
  uploadPeople,
  showPeopleImport,
  listPeopleImportRows,
  startPeopleImport,
  cancelPeopleImport,
  downloadPeopleImportErrors,
] as const;
