import { useQuery } from '@tanstack/react-query';
import type { Tier } from '#libs/contracts';
import type { Shard } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { PageHeading } from '../design/page-heading.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { type Column, Table } from '../design/table.js';
import { type MessageKey, t } from '../language/t.js';
import { Problem } from '../shell/problem-page.js';
import { shardsQuery } from './control.queries.js';

const tierNames: Readonly<Record<Tier, MessageKey>> = {
  small: 'tier.small',
  medium: 'tier.medium',
  dedicated: 'tier.dedicated',
};
const stateNames: Readonly<Record<Shard['state'], MessageKey>> = {
  open: 'shard.open',
  closed: 'shard.closed',
  draining: 'shard.draining',
  gone: 'shard.gone',
};
const stateTones: Readonly<Record<Shard['state'], BadgeTone>> = {
  open: 'good',
  closed: 'neutral',
  draining: 'warn',
  gone: 'bad',
};

const columns: readonly Column<Shard>[] = [
  {
    title: t('control.shard'),
    cell: ({ name, url }) => (
      <>
        <span className="table__name">{name}</span>
        <span className="table__detail">{url}</span>
      </>
    ),
  },
  { title: t('control.tier'), cell: ({ tier }) => t(tierNames[tier]) },
  {
    title: t('people.status'),
    cell: ({ state }) => <Badge tone={stateTones[state]}>{t(stateNames[state])}</Badge>,
  },
  { title: t('control.tenants'), cell: ({ tenants }) => tenants },
];

export function ShardsPage() {
  const api = useApi();
  const shards = useQuery(shardsQuery(api));
  usePageTitle(t('control.shards'));
  return (
    <>
      <PageHeading title={t('control.shards')}>{t('control.shardsLead')}</PageHeading>
      {shards.isPending && (
        <Loading>
          <Skeleton className="skeleton--list" />
        </Loading>
      )}
      {shards.isError && (
        <Problem
          level={2}
          error={shards.error}
          onRetry={() => {
            void shards.refetch();
          }}
        />
      )}
      {shards.isSuccess && (
        <Table label={t('control.shards')} rows={shards.data} keyOf={({ name }) => name} columns={columns} />
      )}
    </>
  );
}
