import { Injectable } from '@nestjs/common';
import { certificateRevoked } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { CertificateNotFound, CertificateRevoked } from './certificate.errors.js';
import { CertificateRepository } from './certificate.repository.js';

export interface Revocation {
  readonly certificateId: string;
  readonly revokedAt: Date;
  readonly reason: string;
}

@Injectable()
export class RevokeCertificate {
  constructor(
    private readonly certificates: CertificateRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** For good. @throws DomainError `certificate.not_found`, `certificate.revoked` where it was done before */
  async execute(certificateId: string, reason: string): Promise<Revocation> {
    return this.unitOfWork.run(async () => {
      const certificate = await this.certificates.find(certificateId);
      if (certificate === null) throw new CertificateNotFound();
      const { kind, id } = currentActor();
      const revokedAt = this.clock.now();
      const revokedBy = kind === 'user' ? id : null;
      if (!(await this.certificates.revoke(certificateId, { revokedAt, revokedBy, reason }))) {
        throw new CertificateRevoked();
      }
      const { enrolmentId, courseId, userId, learnerName, courseTitle } = certificate;
      await this.events.append(certificateRevoked, certificateId, {
        ...{ certificateId, enrolmentId, courseId, userId, learnerName, courseTitle, reason },
      });
      return { certificateId, revokedAt, reason };
    });
  }
}
