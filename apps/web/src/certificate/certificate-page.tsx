import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { BadgeCheck, Download, SearchX, Share2 } from 'lucide-react';
import type { PublicCertificate } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { BrandMark } from '../brand/brand-mark.js';
import { Button } from '../design/button.js';
import { ButtonAnchor } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { Notice } from '../design/notice.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { formatDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { Problem } from '../shell/problem-page.js';
import { SkipLink } from '../shell/skip-link.js';
import { CertificateSheet } from './certificate-sheet.js';
import { certificateQuery } from './certificate.queries.js';
import { useShare } from './use-share.js';
import './certificate-page.css';

/** Anybody with the link sees whether a certificate is genuine; nobody needs an account for it. */
export function CertificatePage() {
  const api = useApi();
  const { certificateId } = useParams({ from: '/certificates/$certificateId' });
  const certificate = useQuery({ ...certificateQuery(api, certificateId), retry: false });
  usePageTitle(t('certificate.title'));
  return (
    <div className="verify">
      <SkipLink />
      <header className="verify__header">
        <Link to="/" className="verify__home">
          <BrandMark />
        </Link>
      </header>
      <main id="main" className="verify__main" tabIndex={-1}>
        {certificate.isPending && (
          <Loading>
            <Skeleton className="skeleton--sheet" />
          </Loading>
        )}
        {certificate.isSuccess && <Found certificate={certificate.data} />}
        {certificate.isError &&
          (isUnknown(certificate.error) ? (
            <Unknown />
          ) : (
            <Problem
              error={certificate.error}
              onRetry={() => {
                void certificate.refetch();
              }}
            />
          ))}
      </main>
    </div>
  );
}

const isUnknown = (error: unknown): boolean =>
  isProblem(error) && (error.status === 404 || error.status === 400 || error.status === 422);

function Found({ certificate }: { readonly certificate: PublicCertificate }) {
  const share = useShare();
  const valid = certificate.status === 'valid';
  return (
    <>
      <h1 className="visually-hidden" tabIndex={-1}>
        {t('certificate.of', { name: certificate.learnerName })}
      </h1>
      {valid ? (
        <p className="verify__valid" role="status">
          <BadgeCheck aria-hidden />
          {t('certificate.valid', { academy: certificate.tenant.name })}
        </p>
      ) : (
        <Invalid certificate={certificate} />
      )}
      <CertificateSheet certificate={certificate} />
      {valid && (
        <div className="verify__actions">
          <ButtonAnchor href={certificate.pdfUrl} download size="l" icon={<Download aria-hidden />}>
            {t('certificate.download')}
          </ButtonAnchor>
          <Button
            look="secondary"
            size="l"
            icon={<Share2 aria-hidden />}
            onPress={() => {
              share(certificate.courseTitle, window.location.href);
            }}
          >
            {t('certificate.copy')}
          </Button>
        </div>
      )}
    </>
  );
}

function Invalid({
  certificate: { status, expiresAt, revokedAt },
}: {
  readonly certificate: PublicCertificate;
}) {
  if (status === 'expired' && expiresAt !== null) {
    return (
      <Notice tone="warn" title={t('certificate.expired.title')}>
        {t('certificate.expired.text', { when: formatDay(expiresAt) })}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={t('certificate.revoked.title')}>
      {revokedAt === null
        ? t('certificate.revoked.text')
        : t('certificate.revoked.on', { when: formatDay(revokedAt) })}
    </Notice>
  );
}

function Unknown() {
  return (
    <EmptyState icon={SearchX} level={1} title={t('certificate.unknown.title')}>
      {t('certificate.unknown.text')}
    </EmptyState>
  );
}
