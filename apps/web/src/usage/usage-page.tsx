import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { showUsage, showUsageHistory, Usage, UsageHistory } from '#libs/contracts/insights';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Chart, type ChartRow } from '../design/chart.js';
import { SelectField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressRing } from '../design/progress.js';
import { Skeleton } from '../design/skeleton.js';
import { formatShortDay } from '../language/dates.js';
import { formatBytes, formatNumber, formatPercent } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import './usage.css';

const usageQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['usage', 'now'],
    queryFn: ({ signal }) => api.read<typeof showUsage>('/api/v1/usage', { signal }),
  });

const historyQuery = (api: ApiClient, days: number) =>
  queryOptions({
    queryKey: ['usage', 'history', days],
    queryFn: ({ signal }) =>
      api.read<typeof showUsageHistory>('/api/v1/usage/history', { query: { days }, signal }),
    placeholderData: (before) => before,
  });

export function UsagePage() {
  usePageTitle(t('admin.usage'));
  return may(useUser(), 'analytics.read') ? <UsageOverview /> : <Forbidden />;
}

const spans = ['7', '30', '90'] as const;

function UsageOverview() {
  const api = useApi();
  const [span, setSpan] = useState<(typeof spans)[number]>('30');
  const now = useQuery(usageQuery(api));
  const history = useQuery(historyQuery(api, Number(span)));
  return (
    <>
      <PageHeading title={t('admin.usage')}>{t('usage.lead')}</PageHeading>
      <Answer of={now} skeleton={<Skeleton className="skeleton--list" />}>
        {(usage) => <Gauges usage={usage} />}
      </Answer>
      <div className="usage-span">
        <SelectField
          label={t('usage.span')}
          value={span}
          onChange={setSpan}
          options={spans.map((value) => ({ value, label: t('usage.days', { count: Number(value) }) }))}
        />
      </div>
      <Answer of={history} skeleton={<Skeleton className="skeleton--list" />}>
        {(data) => <Charts history={data} />}
      </Answer>
    </>
  );
}

type Item = Usage['usages'][number];

const names: Readonly<Record<Item['limit'], MessageKey>> = {
  users: 'usage.users',
  storageBytes: 'usage.storage',
  requestsPerMonth: 'usage.requests',
};

function Gauges({ usage }: { readonly usage: Usage }) {
  const tight = usage.usages.filter((item) => shareOf(item) >= 0.8);
  return (
    <>
      {tight.map((item) => (
        <Notice
          key={item.limit}
          tone={shareOf(item) >= 1 ? 'bad' : 'warn'}
          title={t('usage.tight', { what: t(names[item.limit]), share: formatPercent(shareOf(item)) })}
        >
          {t('usage.tightText')}
        </Notice>
      ))}
      <ul className="gauges" aria-label={t('usage.gauges')}>
        {usage.usages.map((item) => (
          <li key={item.limit} className="gauge">
            <ProgressRing
              label={t(names[item.limit])}
              value={Math.min(1, shareOf(item))}
              tone={shareOf(item) >= 0.8 ? 'warn' : 'accent'}
            >
              <strong className="gauge__share">
                {item.most === null ? '∞' : formatPercent(shareOf(item))}
              </strong>
            </ProgressRing>
            <div>
              <p className="gauge__name">{t(names[item.limit])}</p>
              <p className="gauge__value">{inUnits(item, item.used)}</p>
              <p className="gauge__most">
                {item.most === null
                  ? t('usage.unlimited')
                  : t('usage.of', { most: inUnits(item, item.most) })}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {usage.requestsPerMinute !== null && (
        <p className="gauge__note">{t('usage.perMinute', { count: usage.requestsPerMinute })}</p>
      )}
    </>
  );
}

function shareOf({ used, most }: Item): number {
  if (most === null) return 0;
  return most === 0 ? Number(used > 0) : used / most;
}

const inUnits = ({ limit }: Item, value: number): string =>
  limit === 'storageBytes' ? formatBytes(value) : formatNumber(value);

function Charts({ history: { days } }: { readonly history: UsageHistory }) {
  type Day = UsageHistory['days'][number];
  const rowsOf = (of: readonly Day[], values: (day: Day) => ChartRow['values']): ChartRow[] =>
    of.map((day) => ({ label: formatShortDay(`${day.day}T12:00:00Z`), values: values(day) }));
  const rows = (values: (day: Day) => ChartRow['values']) => rowsOf(days, values);
  // Before the first measure nothing is known, which is not the same as nothing.
  const measured = (values: (day: Day) => ChartRow['values']) =>
    rowsOf(
      days.filter(({ people }) => people !== null),
      values,
    );
  return (
    <div className="usage-charts">
      <Chart
        kind="bar"
        title={t('usage.chart.requests')}
        lead={t('usage.chart.requestsLead')}
        of={t('usage.day')}
        series={[{ key: 'requests', label: t('usage.requests') }]}
        rows={rows(({ requests }) => ({ requests }))}
        fileName="requests"
      />
      <Chart
        kind="line"
        title={t('usage.chart.people')}
        lead={t('usage.chart.peopleLead')}
        of={t('usage.day')}
        series={[
          { key: 'people', label: t('usage.users') },
          { key: 'active', label: t('usage.active') },
        ]}
        rows={measured(({ people, activePeople }) => ({ people: people ?? 0, active: activePeople ?? 0 }))}
        fileName="people"
      />
      <Chart
        kind="line"
        title={t('usage.chart.storage')}
        of={t('usage.day')}
        series={[{ key: 'bytes', label: t('usage.storage') }]}
        rows={measured(({ storageBytes }) => ({ bytes: storageBytes ?? 0 }))}
        format={formatBytes}
        fileName="storage"
      />
    </div>
  );
}
