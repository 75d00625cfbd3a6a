import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import { mediaUpload, mediaUploadList } from './upload.js';

const service = 'media';
const access = 'media.upload';
const params = z.strictObject({ uploadId: uuid() });

export const beginUpload = defineEndpoint({
  id: 'media.upload.begin',
  service,
  method: 'POST',
  path: '/api/v1/media/uploads',
  summary:
    'Begin a resumable upload (tus 1.0.0): headers Upload-Length and Upload-Metadata (filename, base64); Location says where the parts go',
  access,
  upload: true,
  bodyLimit: 1024,
  response: mediaUpload,
  status: 201,
});

export const listUploads = defineEndpoint({
  id: 'media.upload.list',
  service,
  method: 'GET',
  path: '/api/v1/media/uploads',
  summary: "The caller's own uploads that have not come to an end, newest first",
  access,
  response: mediaUploadList,
});

export const showUpload = defineEndpoint({
  id: 'media.upload.show',
  service,
  method: 'GET',
  path: '/api/v1/media/uploads/:uploadId',
  summary: 'How far a resumable upload has come, also as HEAD: Upload-Offset says where to go on',
  access,
  params,
  response: mediaUpload,
});

export const continueUpload = defineEndpoint({
  id: 'media.upload.continue',
  service,
  method: 'PATCH',
  path: '/api/v1/media/uploads/:uploadId',
  summary: 'Send bytes from Upload-Offset on; what arrives before a broken connection stays',
  access,
  params,
  upload: true,
  bodyLimit: 512 * 1024 * 1024,
  response: null,
  status: 204,
});

export const abortUpload = defineEndpoint({
  id: 'media.upload.abort',
  service,
  method: 'DELETE',
  path: '/api/v1/media/uploads/:uploadId',
  summary: 'Give up a resumable upload: its bytes and its part of the quota are free again',
  access,
  params,
  response: null,
  status: 204,
});

export const uploadEndpoints = [beginUpload, listUploads, showUpload, continueUpload, abortUpload] as const;
