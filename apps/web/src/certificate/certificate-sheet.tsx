import type { PublicCertificate } from '#libs/contracts/courses';
import { BrandMark } from '../brand/brand-mark.js';
import { CourseCover } from '../course/course-cover.js';
import { formatDay } from '../language/dates.js';
import { t } from '../language/t.js';
import './certificate-sheet.css';

/** The certificate as it looks on paper; light in every theme, as the paper is. */
export function CertificateSheet({ certificate }: { readonly certificate: PublicCertificate }) {
  return (
    <section className="sheet" aria-label={t('certificate.title')}>
      <div className="sheet__band" aria-hidden="true">
        <CourseCover courseId={certificate.tenant.name} coverUrl={null} columns={2} rows={9} scheme="bold" />
      </div>
      <div className="sheet__body">
        <div className="sheet__brand">
          <BrandMark />
        </div>
        <p className="sheet__kind">{t('certificate.kind')}</p>
        <p className="sheet__name">{certificate.learnerName}</p>
        <p className="sheet__text">{t('certificate.text')}</p>
        <p className="sheet__course">{certificate.courseTitle}</p>
        <dl className="sheet__facts">
          <div>
            <dt>{t('certificate.issued')}</dt>
            <dd>{formatDay(certificate.issuedAt)}</dd>
          </div>
          {certificate.expiresAt !== null && (
            <div>
              <dt>{t('certificate.validUntil')}</dt>
              <dd>{formatDay(certificate.expiresAt)}</dd>
            </div>
          )}
          <div>
            <dt>{t('certificate.issuer')}</dt>
            <dd>{certificate.tenant.name}</dd>
          </div>
          <div>
            <dt>{t('certificate.code')}</dt>
            <dd className="sheet__code">{certificate.code}</dd>
          </div>
        </dl>
      </div>
    </section>
  );
}
