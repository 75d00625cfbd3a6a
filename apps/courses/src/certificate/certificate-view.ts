import type { MyCertificate, PublicCertificate } from '#libs/contracts/courses';
import { codeOf, type Certificate } from './certificate.js';

/** Path of the page that verifies it. */
export function pageOf(certificateId: string): string {
  return `/certificates/${certificateId}`;
}

function sharedOf({ id, learnerName, courseTitle, issuedAt, revokedAt }: Certificate) {
  return {
    id,
    code: codeOf(id),
    learnerName,
    courseTitle,
    issuedAt: issuedAt.toISOString(),
    status: revokedAt === null ? ('valid' as const) : ('revoked' as const),
    revokedAt: revokedAt?.toISOString() ?? null,
    url: pageOf(id),
    pdfUrl: `/api/v1/certificates/${id}/pdf`,
  };
}

export function myCertificateOf(certificate: Certificate): MyCertificate {
  const { courseId, enrolmentId } = certificate;
  return { ...sharedOf(certificate), courseId, enrolmentId };
}

export function publicCertificateOf(certificate: Certificate, tenant: { name: string }): PublicCertificate {
  return { ...sharedOf(certificate), tenant: { name: tenant.name } };
}
