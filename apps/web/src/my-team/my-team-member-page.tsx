import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { LearnerReportView } from '../reports/learner-report.js';
import { myTeamMemberQuery } from '../reports/reports.queries.js';
import { Answer } from '../shell/answer.js';

export function MyTeamMemberPage() {
  const { userId = '' } = useParams({ strict: false });
  const found = useQuery(myTeamMemberQuery(useApi(), userId));
  usePageTitle(found.data?.person.name ?? t('myTeam.title'));
  return (
    <>
      <BackLink to="/my-team">{t('myTeam.title')}</BackLink>
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
