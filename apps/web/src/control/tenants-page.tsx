import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import type { OperatorTenant } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, SelectField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { useSettled } from '../design/use-settled.js';
import { formatAgo } from '../language/dates.js';
import { formatBytes, formatNumber } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { healthNames, healthTones, planNames, statusNames, statusTones, tierNames } from './control-words.js';
import { shardsQuery, tenantsQuery, type TenantFilter, type TenantSort } from './control.queries.js';
import { CreateTenantDialog } from './create-tenant-dialog.js';
import './control.css';
import '../design/table.css';

const everything: TenantFilter = {
  ...{ words: '', plan: 'all', status: 'all', tier: 'all', health: 'all', shard: 'all' },
  ...{ sort: 'slug', order: 'asc' },
};

/** Every academy of the installation: found, filtered and sorted by the server, however many there are. */
export function TenantsPage() {
  const api = useApi();
  const navigate = useNavigate();
  const { shard = 'all' } = useSearch({ from: '/control/' });
  const [filter, setFilter] = useState<TenantFilter>(() => ({ ...everything, shard }));
  const [creating, setCreating] = useState(false);
  usePageTitle(t('control.tenants'));
  const words = useSettled(filter.words.trim(), 250);
  const found = useInfiniteQuery({
    ...tenantsQuery(api, { ...filter, words }),
    placeholderData: keepPreviousData,
  });
  const shards = useQuery(shardsQuery(api));
  const change = (patch: Partial<TenantFilter>): void => {
    setFilter((now) => ({ ...now, ...patch }));
  };
  return (
    <>
      <PageHeading
        title={t('control.tenants')}
        actions={
          <Button
            icon={<Plus aria-hidden />}
            onPress={() => {
              setCreating(true);
            }}
          >
            {t('control.create')}
          </Button>
        }
      >
        {t('control.tenantsLead')}
      </PageHeading>
      <search className="filters control-filters">
        <SearchField
          label={t('control.search')}
          placeholder={t('control.searchHint')}
          value={filter.words}
          onChange={(text) => {
            change({ words: text });
          }}
        />
        <SelectField
          label={t('control.plan')}
          hideLabel
          value={filter.plan}
          onChange={(plan) => {
            change({ plan });
          }}
          options={choices('control.allPlans', planNames)}
        />
        <SelectField
          label={t('control.status')}
          hideLabel
          value={filter.status}
          onChange={(status) => {
            change({ status });
          }}
          options={choices('control.allStates', statusNames)}
        />
        <SelectField
          label={t('control.tier')}
          hideLabel
          value={filter.tier}
          onChange={(tier) => {
            change({ tier });
          }}
          options={choices('control.allTiers', tierNames)}
        />
        <SelectField
          label={t('control.health')}
          hideLabel
          value={filter.health}
          onChange={(health) => {
            change({ health });
          }}
          options={choices('control.allHealth', healthNames)}
        />
        <SelectField
          label={t('control.shard')}
          hideLabel
          value={filter.shard}
          onChange={(name) => {
            change({ shard: name });
          }}
          options={[
            { value: 'all', label: t('control.allShards') },
            ...(shards.data ?? []).map(({ name }) => ({ value: name, label: name })),
            ...(shards.data === undefined && filter.shard !== 'all'
              ? [{ value: filter.shard, label: filter.shard }]
              : []),
          ]}
        />
      </search>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const tenants = pages.flatMap((page) => page.items);
          return tenants.length === 0 ? (
            <EmptyState icon={Building2} title={t('control.none')}>
              {t('control.noneText')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('control.tenants')}
              rows={tenants}
              keyOf={({ id }) => id}
              nameOf={({ name }) => name}
              columns={columns()}
              sort={{
                column: filter.sort,
                direction: filter.order === 'asc' ? 'ascending' : 'descending',
              }}
              onSort={({ column, direction }) => {
                change({
                  sort: column as TenantSort,
                  order: direction === 'ascending' ? 'asc' : 'desc',
                });
              }}
              onOpen={(tenantId) => {
                void navigate({ to: '/control/tenants/$tenantId', params: { tenantId } });
              }}
              more={moreOf(found)}
            />
          );
        }}
      </Answer>
      {creating && (
        <CreateTenantDialog
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </>
  );
}

function choices<K extends string>(all: MessageKey, names: Readonly<Record<K, MessageKey>>) {
  const entries = Object.entries(names) as [K, MessageKey][];
  return [
    { value: 'all' as const, label: t(all) },
    ...entries.filter(([value]) => value !== 'deleted').map(([value, label]) => ({ value, label: t(label) })),
  ];
}

let made: { readonly locale: string; readonly columns: readonly DataColumn<OperatorTenant>[] } | undefined;

/** The same array for as long as the language is the same. */
function columns(): readonly DataColumn<OperatorTenant>[] {
  const locale = document.documentElement.lang;
  if (made?.locale !== locale) made = { locale, columns: newColumns() };
  return made.columns;
}

function newColumns(): readonly DataColumn<OperatorTenant>[] {
  return [
    {
      id: 'name',
      title: t('control.tenant'),
      sorts: true,
      width: '2fr',
      minWidth: 200,
      cell: ({ name, host }) => (
        <span className="control-name">
          <span className="table__name">{name}</span>
          <span className="table__detail" dir="ltr">
            {host}
          </span>
        </span>
      ),
    },
    {
      id: 'status',
      title: t('control.status'),
      minWidth: 112,
      cell: ({ status }) => <Badge tone={statusTones[status]}>{t(statusNames[status])}</Badge>,
    },
    {
      id: 'health',
      title: t('control.health'),
      minWidth: 104,
      cell: ({ pulse }) =>
        pulse === null ? (
          <span className="control-faint">{t('control.notMeasured')}</span>
        ) : (
          <Badge tone={healthTones[pulse.health]}>{t(healthNames[pulse.health])}</Badge>
        ),
    },
    { id: 'plan', title: t('control.plan'), minWidth: 112, cell: ({ plan }) => t(planNames[plan]) },
    {
      id: 'shard',
      title: t('control.shard'),
      width: '1.2fr',
      minWidth: 136,
      cell: ({ shard, tier }) => (
        <span className="control-name">
          <span>{shard}</span>
          <span className="table__detail">{t(tierNames[tier])}</span>
        </span>
      ),
    },
    {
      id: 'size',
      title: t('control.size'),
      sorts: true,
      minWidth: 104,
      align: 'end',
      cell: ({ size }) => formatNumber(size),
    },
    {
      id: 'storage',
      title: t('control.storage'),
      sorts: true,
      minWidth: 96,
      align: 'end',
      cell: ({ pulse }) => (pulse === null ? '–' : formatBytes(pulse.storageBytes)),
    },
    {
      id: 'last_activity',
      title: t('control.lastActivity'),
      sorts: true,
      width: '1.3fr',
      minWidth: 148,
      cell: ({ pulse }) => (typeof pulse?.lastActiveAt !== 'string' ? '–' : formatAgo(pulse.lastActiveAt)),
    },
  ];
}
