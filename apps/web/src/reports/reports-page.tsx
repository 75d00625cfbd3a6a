import { Link, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { usePageTitle } from '../brand/brand-context.js';
import { ButtonAnchor } from '../design/button-link.js';
import { PageHeading } from '../design/page-heading.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden } from '../shell/problem-page.js';
import { CourseReport, TeamReport } from './count-reports.js';
import { OverdueReport } from './overdue-report.js';
import { exportPath, type ReportSearch, type ReportView, reportViews } from './report-filter.js';
import { ReportFilters } from './report-filters.js';
import { TrendReport } from './trend-report.js';
import './reports.css';

export function ReportsPage() {
  usePageTitle(t('admin.reports'));
  return may(useUser(), 'analytics.read') ? <Reports /> : <Forbidden />;
}

const viewNames: Readonly<Record<ReportView, MessageKey>> = {
  courses: 'reports.view.courses',
  teams: 'reports.view.teams',
  departments: 'reports.view.departments',
  overdue: 'reports.view.overdue',
  trend: 'reports.view.trend',
};

function Reports() {
  const search: ReportSearch = useSearch({ strict: false });
  const view = search.view ?? 'courses';
  return (
    <>
      <PageHeading
        title={t('admin.reports')}
        actions={
          <ButtonAnchor
            href={exportPath('enrolments', search)}
            download
            look="secondary"
            icon={<Download aria-hidden />}
          >
            {t('reports.everything')}
          </ButtonAnchor>
        }
      >
        {t('reports.lead')}
      </PageHeading>
      <nav className="report-tabs" aria-label={t('reports.views')}>
        {reportViews.map((one) => (
          <Link
            key={one}
            to="/admin/reports"
            search={{ ...search, view: one }}
            {...(one === view ? { 'aria-current': 'page' as const } : { 'aria-current': false as const })}
            activeProps={{}}
          >
            {t(viewNames[one])}
          </Link>
        ))}
      </nav>
      <ReportFilters search={search} />
      {view === 'courses' && <CourseReport search={search} />}
      {view === 'teams' && <TeamReport search={search} by="team" />}
      {view === 'departments' && <TeamReport search={search} by="department" />}
      {view === 'overdue' && <OverdueReport search={search} />}
      {view === 'trend' && <TrendReport search={search} />}
    </>
  );
}
