import { createHash } from 'node:crypto';

/** What was true when it was issued; names and titles that change later do not change it. */
export interface Certificate {
  /** Random: who knows it may verify. */
  readonly id: string;
  readonly enrolmentId: string;
  readonly courseId: string;
  readonly version: number;
  readonly userId: string;
  readonly learnerName: string;
  readonly courseTitle: string;
  readonly language: string;
  readonly issuedAt: Date;
  /** Null: it holds for good. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

// Crockford's: without I, L, O and U, so that nobody reads a digit as a letter.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Short form of the id, to compare by eye: `K7QM-2F9T-XN3C`. */
export function codeOf(certificateId: string): string {
  const bytes = createHash('sha256').update(`certificate/${certificateId}`).digest().subarray(0, 12);
  const code = [...bytes].map((byte) => letters[byte % letters.length]).join('');
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

export function statusOf(
  { revokedAt, expiresAt }: Pick<Certificate, 'revokedAt' | 'expiresAt'>,
  now: Date,
): 'valid' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt < now ? 'expired' : 'valid';
}
