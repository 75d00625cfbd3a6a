export { deleteMedia, downloadMedia, getMedia, listMedia, mediaEndpoints, uploadMedia } from './endpoints.js';
export { mediaDeleted, mediaStored } from './events.js';
export {
  type MediaKind,
  type MediaObject,
  type MediaPage,
  type MediaType,
  mediaName,
  mediaTypes,
} from './media-object.js';
export { abortUpload, beginUpload, continueUpload, listUploads, showUpload } from './upload.endpoints.js';
export { type MediaUpload, TUS_VERSION, tusHeaders } from './upload.js';
export { mediaPersonErased, readMediaPersonalData } from './personal-data.js';
