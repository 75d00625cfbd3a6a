export { deleteMedia, downloadMedia, getMedia, listMedia, mediaEndpoints, uploadMedia } from './endpoints.js';
export { mediaDeleted, mediaStored } from './events.js';
export { type MediaObject, type MediaPage, type MediaType, mediaName, mediaTypes } from './media-object.js';
