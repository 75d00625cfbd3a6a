import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.js';
import { Skeleton } from '../design/skeleton.js';
import { formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { Chart, ChartPart, type ReportProps } from './report-parts.js';
import { trendQuery } from './reports.queries.js';

export function TrendReport({ search }: ReportProps) {
  const found = useQuery(trendQuery(useApi(), search));
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ buckets }) => (
        <ChartPart>
          <Chart
            kind="line"
            title={t('reports.chart.trend')}
            lead={t('reports.chart.trendLead')}
            of={t('reports.week')}
            series={[
              { key: 'completed', label: t('reports.completions'), tone: 'done' },
              { key: 'enrolled', label: t('reports.enrolments'), tone: 'underway' },
            ]}
            rows={buckets.map(({ from, completed, enrolled }) => ({
              label: formatShortDay(`${from}T12:00:00Z`),
              values: { completed, enrolled },
            }))}
            fileName="trend"
          />
        </ChartPart>
      )}
    </Answer>
  );
}
