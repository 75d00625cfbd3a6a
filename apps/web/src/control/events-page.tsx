import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProjectionSummary } from '#libs/contracts/insights';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressBar } from '../design/progress.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { projectionNames, projectionTones } from './control-words.js';
import { projectionsQuery } from './control.queries.js';
import { ReplayButton } from './replay-button.js';
import './control.css';

type Behind = ProjectionSummary['behind'][number] & { readonly projection: string };

/** Whether facts get where they are needed: out of the shards, and into every read model. */
export function EventsPage() {
  const overview = useQuery(projectionsQuery(useApi()));
  usePageTitle(t('control.events'));
  return (
    <>
      <PageHeading title={t('control.events')}>{t('control.eventsLead')}</PageHeading>
      <Answer of={overview} skeleton={<Skeleton className="skeleton--list" />}>
        {({ relays, projections }) => {
          const behind: readonly Behind[] = projections.flatMap(({ projection, behind: those }) =>
            those.map((one) => ({ ...one, projection })),
          );
          return (
            <>
              <Section title={t('control.behind')} lead={t('control.behindLead')}>
                {behind.length === 0 ? (
                  <p>{t('control.nobodyBehind')}</p>
                ) : (
                  <Table
                    label={t('control.behind')}
                    rows={behind.slice(0, 100)}
                    keyOf={({ tenantId, projection }) => `${tenantId} ${projection}`}
                    columns={[
                      { title: t('control.projection'), cell: ({ projection }) => projection },
                      {
                        title: t('control.tenant'),
                        cell: ({ tenantId }) => (
                          <Link
                            to="/control/tenants/$tenantId"
                            params={{ tenantId }}
                            className="control-code"
                          >
                            {tenantId}
                          </Link>
                        ),
                      },
                      {
                        title: t('control.status'),
                        cell: ({ status, position, head, error }) => (
                          <>
                            <Badge tone={projectionTones[status]}>{t(projectionNames[status])}</Badge>
                            <ProgressBar
                              label={t('control.position')}
                              value={head === 0 ? 1 : position / head}
                            />
                            {error !== null && <span className="table__detail">{error}</span>}
                          </>
                        ),
                      },
                      {
                        title: t('control.actions'),
                        cell: ({ tenantId, projection, status }) => (
                          <ReplayButton
                            tenantId={tenantId}
                            projection={projection}
                            isDisabled={status === 'replaying'}
                          />
                        ),
                      },
                    ]}
                  />
                )}
              </Section>
              <Section title={t('control.readModels')} lead={t('control.projectionsLead')}>
                <Table
                  label={t('control.readModels')}
                  rows={projections}
                  keyOf={({ projection }) => projection}
                  columns={[
                    { title: t('control.projection'), cell: ({ projection }) => projection },
                    { title: t('control.tenants'), cell: ({ tenants }) => formatNumber(tenants) },
                    {
                      title: t('control.lag'),
                      cell: ({ lag }) => (
                        <Badge tone={lag === 0 ? 'good' : 'warn'}>
                          {t('control.eventsCount', { count: lag })}
                        </Badge>
                      ),
                    },
                  ]}
                />
              </Section>
              <Section title={t('control.relays')} lead={t('control.relaysLead')}>
                <Table
                  label={t('control.relays')}
                  rows={relays}
                  keyOf={({ shard }) => shard}
                  columns={[
                    { title: t('control.shard'), cell: ({ shard }) => shard },
                    {
                      title: t('control.status'),
                      cell: ({ reachable, oldestSeconds }) => (
                        <Badge tone={!reachable ? 'bad' : oldestSeconds > 60 ? 'warn' : 'good'}>
                          {t(
                            !reachable
                              ? 'shard.unreachable'
                              : oldestSeconds > 60
                                ? 'control.relayLate'
                                : 'control.relayWell',
                          )}
                        </Badge>
                      ),
                    },
                    { title: t('control.waitingEvents'), cell: ({ pending }) => formatNumber(pending) },
                    {
                      title: t('control.oldest'),
                      cell: ({ oldestSeconds }) => t('control.seconds', { count: Math.round(oldestSeconds) }),
                    },
                  ]}
                />
              </Section>
            </>
          );
        }}
      </Answer>
    </>
  );
}
