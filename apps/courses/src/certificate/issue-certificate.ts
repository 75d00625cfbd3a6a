import { Injectable } from '@nestjs/common';
import { currentActor } from '#libs/tenancy';
import { randomUUID } from 'node:crypto';
import type { Enrolment } from '../enrolment/enrolment.js';
import { PersonRepository } from '../person/person.repository.js';
import type { Certificate } from './certificate.js';
import { CertificateRepository } from './certificate.repository.js';

@Injectable()
export class IssueCertificate {
  constructor(
    private readonly certificates: CertificateRepository,
    private readonly people: PersonRepository,
  ) {}

  /** In the unit of work that completes the enrolment. */
  async execute(
    { id: enrolmentId, courseId, version, userId, completedAt }: Enrolment,
    course: { readonly title: string; readonly language: string },
  ): Promise<Certificate> {
    const certificate: Certificate = {
      id: randomUUID(),
      ...{ enrolmentId, courseId, version, userId },
      learnerName: await this.nameOf(userId),
      courseTitle: course.title,
      language: course.language,
      issuedAt: completedAt ?? new Date(0),
      // Says who keeps rules, when the enrolment is complete.
      expiresAt: null,
      revokedAt: null,
    };
    await this.certificates.add(certificate);
    return certificate;
  }

  /** Whoever registered a second ago may not be in the read model yet, but it is he who acts. */
  private async nameOf(userId: string): Promise<string> {
    const [person] = await this.people.byIds([userId]);
    const { id, name, email } = currentActor();
    const candidates = [person?.name ?? '', ...(id === userId ? [name ?? '', email ?? ''] : [])];
    return candidates.find((candidate) => candidate !== '') ?? 'Learner';
  }
}
