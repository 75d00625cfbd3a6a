import { useQuery } from '@tanstack/react-query';
import type { Instance, PlatformHealth } from '#libs/contracts/insights';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton, SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatAgo, formatZonedMoment } from '../language/dates.js';
import { formatBytes, formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { serviceNames, serviceTones } from './control-words.js';
import { platformQuery, shardLoadsQuery } from './control.queries.js';
import './control.css';

/** One look that tells what is wrong: every process by its own word, Redis, and the databases. */
/** Names of products, the same in every language. */
const REDIS = 'Redis';
const POSTGRES = 'Postgres';

export function PlatformPage() {
  const platform = useQuery(platformQuery(useApi()));
  usePageTitle(t('control.platform'));
  return (
    <>
      <PageHeading title={t('control.platform')}>{t('control.platformLead')}</PageHeading>
      <Answer of={platform} skeleton={<Skeleton className="skeleton--list" />}>
        {({ services, redis, checkedAt }) => (
          <>
            <Verdict services={services} redis={redis} />
            <p className="control-faint">{t('control.checkedAt', { at: formatZonedMoment(checkedAt) })}</p>
            <Section title={t('control.services')} lead={t('control.servicesLead')}>
              <Table
                label={t('control.services')}
                rows={services}
                keyOf={({ service }) => service}
                columns={[
                  { title: t('control.service'), cell: ({ service }) => service },
                  {
                    title: t('control.status'),
                    cell: ({ status, instances }) => (
                      <>
                        <Badge tone={serviceTones[status]}>{t(serviceNames[status])}</Badge>
                        {missingOf(instances) !== '' && (
                          <span className="table__detail">
                            {t('control.missing', { what: missingOf(instances) })}
                          </span>
                        )}
                      </>
                    ),
                  },
                  {
                    title: t('control.processes'),
                    cell: ({ instances }) =>
                      t('limit.of', {
                        used: formatNumber(instances.filter(({ alive }) => alive).length),
                        most: formatNumber(instances.length),
                      }),
                  },
                  {
                    title: t('control.version'),
                    cell: ({ instances }) =>
                      [...new Set(instances.map(({ version }) => version))].join(', ') || '–',
                  },
                  {
                    title: t('control.startedAt'),
                    cell: ({ instances }) =>
                      instances[0] === undefined ? '–' : formatAgo(instances[0].startedAt),
                  },
                ]}
              />
            </Section>
            <Section title={REDIS} lead={t('control.redisLead')}>
              <dl className="control-facts">
                <dt>{t('control.status')}</dt>
                <dd>
                  <Badge tone={redis.reachable ? 'good' : 'bad'}>
                    {t(redis.reachable ? 'service.ready' : 'service.down')}
                  </Badge>
                </dd>
                <dt>{t('control.version')}</dt>
                <dd>{redis.version ?? '–'}</dd>
                <dt>{t('control.memory')}</dt>
                <dd>
                  {redis.usedBytes === null
                    ? '–'
                    : t('limit.of', {
                        used: formatBytes(redis.usedBytes),
                        most: redis.mostBytes === null ? t('limit.none') : formatBytes(redis.mostBytes),
                      })}
                </dd>
                <dt>{t('control.clients')}</dt>
                <dd>{redis.clients === null ? '–' : formatNumber(redis.clients)}</dd>
                <dt>{t('control.policy')}</dt>
                <dd>{redis.policy ?? '–'}</dd>
              </dl>
            </Section>
          </>
        )}
      </Answer>
      <Databases />
    </>
  );
}

function missingOf(instances: readonly Instance[]): string {
  return [...new Set(instances.flatMap(({ alive, missing }) => (alive ? missing : [])))].join(', ');
}

function Verdict({ services, redis }: Pick<PlatformHealth, 'services' | 'redis'>) {
  const ill = services.filter(({ status }) => status !== 'ready').map(({ service }) => service);
  const names = redis.reachable ? ill : [...ill, 'Redis'];
  if (names.length === 0) return <Notice tone="good" title={t('control.allWell')} live />;
  const isDown = !redis.reachable || services.some(({ status }) => status === 'down');
  return (
    <Notice tone={isDown ? 'bad' : 'warn'} title={t('control.notWell', { names: names.join(', ') })} live />
  );
}

function Databases() {
  const loads = useQuery(shardLoadsQuery(useApi()));
  return (
    <Section title={POSTGRES} lead={t('control.databasesLead')}>
      <Answer of={loads} skeleton={<SkeletonText lines={4} />}>
        {(rows) => (
          <Table
            label={t('control.databases')}
            rows={rows}
            keyOf={({ name }) => name}
            columns={[
              { title: t('control.shard'), cell: ({ name }) => name },
              {
                title: t('control.status'),
                cell: ({ reachable }) => (
                  <Badge tone={reachable ? 'good' : 'bad'}>
                    {t(reachable ? 'service.ready' : 'shard.unreachable')}
                  </Badge>
                ),
              },
              { title: t('control.version'), cell: ({ version }) => version ?? '–' },
              {
                title: t('control.connections'),
                cell: ({ connections, mostConnections }) =>
                  connections === null || mostConnections === null
                    ? '–'
                    : t('limit.of', { used: formatNumber(connections), most: formatNumber(mostConnections) }),
              },
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}
