import { z } from 'zod';
import { uuid } from './text.js';

/** How an operator names a tenant in a path: by id or by slug. */
export const tenantHandle = z.strictObject({
  tenantId: z.union([
    uuid(),
    z
      .string()
      .max(63)
      .regex(/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/),
  ]),
});
