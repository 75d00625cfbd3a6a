import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { LearnerReportView } from './learner-report.js';
import { learnerReportQuery } from './reports.queries.js';

export function LearnerReportPage() {
  const { userId = '' } = useParams({ strict: false });
  const isAllowed = may(useUser(), 'analytics.read');
  const found = useQuery({ ...learnerReportQuery(useApi(), userId), enabled: isAllowed });
  usePageTitle(found.data?.person.name ?? t('admin.reports'));
  if (!isAllowed) return <Forbidden />;
  return (
    <>
      <BackLink to="/admin/reports">{t('admin.reports')}</BackLink>
      <Answer isPage of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {(report) => (
          <>
            <PageHeading title={report.person.name} />
            <LearnerReportView report={report} />
          </>
        )}
      </Answer>
    </>
  );
}
