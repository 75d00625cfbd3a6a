import { Link } from '@tanstack/react-router';
import { Award, Download } from 'lucide-react';
import type { MyCertificate } from '#libs/contracts/courses';
import { formatDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { ShareButton } from './share-button.js';
import './certificate-list.css';

export function CertificateList({ certificates }: { readonly certificates: readonly MyCertificate[] }) {
  return (
    <ul className="certificates">
      {certificates.map((certificate) => (
        <li key={certificate.id} className="certificates__item">
          <span className="certificates__seal" aria-hidden="true">
            <Award />
          </span>
          <div className="certificates__text">
            <h3 className="certificates__title">
              <Link to="/certificates/$certificateId" params={{ certificateId: certificate.id }}>
                {certificate.courseTitle}
              </Link>
            </h3>
            <p>{factsOf(certificate)}</p>
          </div>
          <ShareButton
            className="certificates__download"
            title={certificate.courseTitle}
            path={`/certificates/${certificate.id}`}
          />
          <a
            className="certificates__download"
            href={certificate.pdfUrl}
            download
            aria-label={t('certificates.downloadOf', { title: certificate.courseTitle })}
          >
            <Download aria-hidden />
            <span>{t('certificates.pdf')}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** "Issued 3 May 2026 · Valid until 3 May 2027" */
function factsOf({ issuedAt, expiresAt, status }: MyCertificate): string {
  const issued = t('certificates.issued', { when: formatDay(issuedAt) });
  if (expiresAt === null) return issued;
  const when = formatDay(expiresAt);
  const end =
    status === 'expired' ? t('certificates.expired', { when }) : t('certificates.validUntil', { when });
  return `${issued} · ${end}`;
}
