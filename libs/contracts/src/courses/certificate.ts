import { z } from 'zod';
import { instant, page, uuid } from '../index.js';

export const certificateStatus = z.enum(['valid', 'expired', 'revoked']);

const certificate = {
  /** Random; who knows it may verify. */
  id: uuid(),
  /** Short form to compare by eye, e.g. `K7QM-2F9T-XN`. */
  code: z.string(),
  /** The learner's name when it was issued. */
  learnerName: z.string(),
  courseTitle: z.string(),
  issuedAt: instant(),
  /** Null: for good. */
  expiresAt: instant().nullable(),
  status: certificateStatus,
  revokedAt: instant().nullable(),
  /** Path of the page that verifies it, on the tenant's host. */
  url: z.string(),
  pdfUrl: z.string(),
};

export const myCertificate = z.strictObject({ ...certificate, courseId: uuid(), enrolmentId: uuid() });
export type MyCertificate = z.infer<typeof myCertificate>;
export const myCertificatePage = page(myCertificate);

/** What anybody who holds the id may see. */
export const publicCertificate = z.strictObject({
  ...certificate,
  tenant: z.strictObject({ name: z.string() }),
});
export type PublicCertificate = z.infer<typeof publicCertificate>;
