import { z } from 'zod';
import { defineEndpoint, pageQuery, text, uuid } from '../index.js';
import { mediaKind, mediaName, mediaObject, mediaPage } from './media-object.js';
import { uploadEndpoints } from './upload.endpoints.js';
import { readMediaPersonalData } from './personal-data.js';

const maxUploadBytes = 512 * 1024 * 1024;
const mediaParams = z.strictObject({ mediaId: uuid() });

export const uploadMedia = defineEndpoint({
  id: 'media.object.upload',
  service: 'media',
  method: 'POST',
  path: '/api/v1/media',
  summary: 'Store a file; the body is the file itself',
  access: 'media.upload',
  query: z.strictObject({ name: mediaName }),
  upload: true,
  bodyLimit: maxUploadBytes,
  response: mediaObject,
  status: 201,
});

export const listMedia = defineEndpoint({
  id: 'media.object.list',
  service: 'media',
  method: 'GET',
  path: '/api/v1/media',
  summary: 'Stored files, newest first',
  access: 'media.upload',
  query: z.strictObject({
    ...pageQuery,
    /** Part of the name. */
    q: text(1, 200).optional(),
    /** Only files of this sort. */
    kind: mediaKind.optional(),
  }),
  response: mediaPage,
});

export const getMedia = defineEndpoint({
  id: 'media.object.get',
  service: 'media',
  method: 'GET',
  path: '/api/v1/media/:mediaId',
  summary: 'What is known about one stored file',
  access: 'member',
  params: mediaParams,
  response: mediaObject,
});

export const downloadMedia = defineEndpoint({
  id: 'media.object.download',
  service: 'media',
  method: 'GET',
  path: '/api/v1/media/:mediaId/content',
  summary: 'The bytes of a stored file; answers Range and If-None-Match',
  access: 'member',
  params: mediaParams,
  response: null,
  download: true,
});

export const deleteMedia = defineEndpoint({
  id: 'media.object.delete',
  service: 'media',
  method: 'DELETE',
  path: '/api/v1/media/:mediaId',
  summary: 'Remove a stored file and give its bytes back to the quota',
  access: 'media.upload',
  params: mediaParams,
  response: null,
  status: 204,
});

export const mediaEndpoints = [
  uploadMedia,
  listMedia,
  ...uploadEndpoints,
  getMedia,
  downloadMedia,
  deleteMedia,
  readMediaPersonalData,
] as const;
