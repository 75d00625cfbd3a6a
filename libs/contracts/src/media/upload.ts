import { z } from 'zod';
import { instant, uuid } from '../index.js';

/** The version of the tus protocol that is spoken. */
export const TUS_VERSION = '1.0.0';

/** The headers of the tus protocol (tus.io, core and the extensions creation, expiration and termination). */
export const tusHeaders = {
  resumable: 'tus-resumable',
  length: 'upload-length',
  offset: 'upload-offset',
  metadata: 'upload-metadata',
  expires: 'upload-expires',
} as const;

/** A file that comes in parts, over as many connections as it takes. */
export const mediaUpload = z.strictObject({
  id: uuid(),
  name: z.string(),
  /** How long the file will be; so much of the quota is taken already. */
  bytes: z.int().positive(),
  /** How much of it has arrived: where to go on. */
  received: z.int().nonnegative(),
  /** Whoever sends nothing until then begins anew. */
  expiresAt: instant(),
  /** The stored file, once all of it has arrived and was found good. */
  mediaId: uuid().nullable(),
});
export type MediaUpload = z.infer<typeof mediaUpload>;

export const mediaUploadList = z.strictObject({ items: z.array(mediaUpload) });
