import { ChartNoAxesColumn, Download } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { ButtonAnchor } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { Skeleton } from '../design/skeleton.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { exportPath, type ReportSearch, type ReportView } from './report-filter.js';

/** Charts come with a library of their own. */
export const Chart = lazy(async () => ({ default: (await import('../design/chart.js')).Chart }));

export interface ReportProps {
  readonly search: ReportSearch;
}

export function ChartPart({ children }: { readonly children: ReactNode }) {
  return (
    <div className="report-part report-part--chart">
      <Suspense fallback={<Skeleton className="skeleton--list" />}>{children}</Suspense>
    </div>
  );
}

interface TablePartProps {
  readonly title: string;
  readonly view: ReportView;
  readonly search: ReportSearch;
  readonly children: ReactNode;
}

export function TablePart({ title, view, search, children }: TablePartProps) {
  return (
    <section className="report-part" aria-label={title}>
      <div className="report-part__head">
        <h2 className="report-part__title">{title}</h2>
        <ButtonAnchor
          href={exportPath(view, search)}
          download
          look="secondary"
          size="s"
          icon={<Download aria-hidden />}
          aria-label={t('chart.saveOf', { title })}
        >
          {t('chart.csv')}
        </ButtonAnchor>
      </div>
      {children}
    </section>
  );
}

/** Where there are millions of enrolments a report is a few minutes old; it says so. */
export function AsOf({ instant }: { readonly instant: string }) {
  return <p className="report-age">{t('reports.asOf', { when: formatAgo(instant) })}</p>;
}

export function NothingYet() {
  return (
    <EmptyState icon={ChartNoAxesColumn} title={t('reports.none.title')}>
      {t('reports.none.text')}
    </EmptyState>
  );
}
