import { z } from 'zod';

export const mediaConfig = z.object({
  /** The largest file that is taken; the contract's own limit holds besides. */
  MEDIA_LARGEST_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(512 * 1024 ** 2),
});
export type MediaConfig = z.infer<typeof mediaConfig>;
