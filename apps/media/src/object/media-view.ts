import type { MediaObject } from '#libs/contracts/media';
import { contentPathOf, type StoredObject } from './media-object.js';

export function viewOf({ createdAt, ...object }: StoredObject): MediaObject {
  return { ...object, url: contentPathOf(object.id), createdAt: createdAt.toISOString() };
}
