import { z } from 'zod';
import { page, uuid } from '../index.js';

/** Who did what to which thing, when and from where. Secrets in `details` are masked. */
export const auditEntry = z.strictObject({
  id: uuid(),
  position: z.int().positive(),
  type: z.string(),
  subject: z.string(),
  /** What the subject is called today, where it is a person. */
  subjectName: z.string().nullable(),
  actor: z.strictObject({
    kind: z.enum(['user', 'api_key', 'operator', 'service', 'anonymous']),
    id: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    /** The operator who acted as this user, where one did. */
    by: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
  }),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string(),
  occurredAt: z.iso.datetime(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditPage = page(auditEntry);
export type AuditPage = z.infer<typeof auditPage>;
