import type { Certificate } from './certificate.js';

export abstract class CertificateRepository {
  /** An enrolment has one for each time that it is completed. */
  abstract add(certificate: Certificate): Promise<void>;

  abstract find(certificateId: string): Promise<Certificate | null>;

  /** False where it was revoked before. */
  abstract revoke(
    certificateId: string,
    revocation: { readonly revokedAt: Date; readonly revokedBy: string | null; readonly reason: string },
  ): Promise<boolean>;

  /** Newest first; `before` is the last of the page before. */
  abstract ofLearner(
    userId: string,
    limit: number,
    before: Pick<Certificate, 'issuedAt' | 'id'> | null,
  ): Promise<Certificate[]>;
}
