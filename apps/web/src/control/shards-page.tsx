import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Shard, ShardLoad } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressBar } from '../design/progress.js';
import { Skeleton } from '../design/skeleton.js';
import { type Column, Table } from '../design/table.js';
import { formatBytes, formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { shardStateNames, shardStateTones, tierNames } from './control-words.js';
import { shardLoadsQuery, shardsQuery } from './control.queries.js';
import './control.css';

interface Row extends Shard {
  readonly load: ShardLoad | undefined;
}

/** Where the tenants lie, and how full and how busy each database is. */
export function ShardsPage() {
  const api = useApi();
  const shards = useQuery(shardsQuery(api));
  const loads = useQuery(shardLoadsQuery(api));
  usePageTitle(t('control.shards'));
  const loadOf = new Map(loads.data?.map((load) => [load.name, load]));
  return (
    <>
      <PageHeading title={t('control.shards')}>{t('control.shardsLead')}</PageHeading>
      <Answer of={shards} skeleton={<Skeleton className="skeleton--list" />}>
        {(found) => (
          <>
            <ul className="control-tiles" aria-label={t('control.atAGlance')}>
              <Sum label={t('control.shards')} value={formatNumber(found.length)} />
              <Sum label={t('control.tenants')} value={formatNumber(sum(found, ({ tenants }) => tenants))} />
              <Sum label={t('control.size')} value={formatNumber(sum(found, ({ users }) => users))} />
              <Sum
                label={t('control.storage')}
                value={
                  loads.data === undefined ? '–' : formatBytes(sum(loads.data, ({ bytes }) => bytes ?? 0))
                }
              />
              <Sum
                label={t('control.connections')}
                value={
                  loads.data === undefined
                    ? '–'
                    : formatNumber(sum(loads.data, ({ connections }) => connections ?? 0))
                }
              />
            </ul>
            <Table
              label={t('control.shards')}
              rows={found.map((shard) => ({ ...shard, load: loadOf.get(shard.name) }))}
              keyOf={({ name }) => name}
              columns={columns()}
            />
          </>
        )}
      </Answer>
    </>
  );
}

function Sum({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <li className="control-tile">
      <span className="control-tile__label">{label}</span>
      <span className="control-tile__value">{value}</span>
    </li>
  );
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function columns(): readonly Column<Row>[] {
  return [
    {
      title: t('control.shard'),
      cell: ({ name, url }) => (
        <>
          <span className="table__name">{name}</span>
          <span className="table__detail" dir="ltr">
            {url.replace(/^\w+:\/\//, '')}
          </span>
        </>
      ),
    },
    { title: t('control.tier'), cell: ({ tier }) => t(tierNames[tier]) },
    {
      title: t('control.status'),
      cell: ({ state, load }) =>
        load?.reachable === false ? (
          <Badge tone="bad">{t('shard.unreachable')}</Badge>
        ) : (
          <Badge tone={shardStateTones[state]}>{t(shardStateNames[state])}</Badge>
        ),
    },
    {
      title: t('control.tenants'),
      cell: ({ name, tenants }) => (
        <Link to="/control" search={{ shard: name }}>
          {formatNumber(tenants)}
          <span className="visually-hidden"> {t('control.tenantsOf', { name })}</span>
        </Link>
      ),
    },
    { title: t('control.size'), cell: ({ users }) => formatNumber(users) },
    {
      title: t('control.storage'),
      cell: ({ load }) => (load === undefined || load.bytes === null ? '–' : formatBytes(load.bytes)),
    },
    {
      title: t('control.connections'),
      cell: ({ name, load }) =>
        load === undefined || load.connections === null || load.mostConnections === null ? (
          '–'
        ) : (
          <>
            <span>
              {t('limit.of', {
                used: formatNumber(load.connections),
                most: formatNumber(load.mostConnections),
              })}
            </span>
            <ProgressBar
              label={t('control.connectionsOf', { name })}
              value={load.connections / Math.max(1, load.mostConnections)}
            />
          </>
        ),
    },
    {
      title: t('control.load'),
      cell: ({ load }) =>
        load === undefined || load.transactionsPerSecond === null
          ? '–'
          : t('control.perSecond', { count: formatNumber(Math.round(load.transactionsPerSecond)) }),
    },
  ];
}
