import { z } from 'zod';
import { instant, page, text, uuid } from '../index.js';

/** What may be stored. The service looks into the bytes; the name and the sender's word decide nothing. */
export const mediaTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/svg+xml',
  'video/mp4',
  'video/webm',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'application/pdf',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/plain',
  'text/csv',
  'text/vtt',
] as const;
export type MediaType = (typeof mediaTypes)[number];

/** A sort of files, as authors look for them. */
export const mediaKind = z.enum(['image', 'video', 'audio', 'document']);
export type MediaKind = z.infer<typeof mediaKind>;

/** A file name without a path, fit for a Content-Disposition header. */
export const mediaName = text(1, 200).refine((name) => !/[/\\]/.test(name) && !/^\.+$/.test(name), {
  message: 'A file name holds no path.',
});

export const mediaObject = z.strictObject({
  id: uuid(),
  name: z.string(),
  contentType: z.enum(mediaTypes),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  url: z.string(),
  uploadedBy: uuid().nullable(),
  createdAt: instant(),
});
export type MediaObject = z.infer<typeof mediaObject>;

export const mediaPage = page(mediaObject);
export type MediaPage = z.infer<typeof mediaPage>;
