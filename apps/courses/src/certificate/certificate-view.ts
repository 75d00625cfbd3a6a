import type { MyCertificate, PublicCertificate } from '#libs/contracts/courses';
import { codeOf, statusOf, type Certificate } from './certificate.js';

/** Path of the page that verifies it. */
export function pageOf(certificateId: string): string {
  return `/certificates/${certificateId}`;
}

function sharedOf(certificate: Certificate, now: Date) {
  const { id, learnerName, courseTitle, issuedAt, expiresAt, revokedAt } = certificate;
  return {
    id,
    code: codeOf(id),
    learnerName,
    courseTitle,
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    status: statusOf(certificate, now),
    revokedAt: revokedAt?.toISOString() ?? null,
    url: pageOf(id),
    pdfUrl: `/api/v1/certificates/${id}/pdf`,
  };
}

export function myCertificateOf(certificate: Certificate, now: Date): MyCertificate {
  const { courseId, enrolmentId } = certificate;
  return { ...sharedOf(certificate, now), courseId, enrolmentId };
}

export function publicCertificateOf(
  certificate: Certificate,
  tenant: { name: string },
  now: Date,
): PublicCertificate {
  return { ...sharedOf(certificate, now), tenant: { name: tenant.name } };
}
