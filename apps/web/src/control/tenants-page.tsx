import { useInfiniteQuery } from '@tanstack/react-query';
import { Building2, ExternalLink, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { Plan, TenantStatus } from '#libs/contracts';
import type { OperatorTenant } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button, IconButton } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, SelectField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { type Column, Table } from '../design/table.js';
import { useSettled } from '../design/use-settled.js';
import { formatShortDay } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { Problem } from '../shell/problem-page.js';
import { tenantsQuery } from './control.queries.js';
import { SuspensionDialog } from './suspension-dialog.js';

const planNames: Readonly<Record<Plan, MessageKey>> = {
  starter: 'plan.starter',
  growth: 'plan.growth',
  enterprise: 'plan.enterprise',
};
const statusNames: Readonly<Record<TenantStatus, MessageKey>> = {
  provisioning: 'tenant.provisioning',
  active: 'tenant.active',
  suspended: 'tenant.suspended',
  deleted: 'tenant.deleted',
};
const statusTones: Readonly<Record<TenantStatus, BadgeTone>> = {
  provisioning: 'accent',
  active: 'good',
  suspended: 'warn',
  deleted: 'bad',
};

export function TenantsPage() {
  const api = useApi();
  const [words, setWords] = useState('');
  const [plan, setPlan] = useState<Plan | 'all'>('all');
  const [status, setStatus] = useState<TenantStatus | 'all'>('all');
  const [changing, setChanging] = useState<OperatorTenant | null>(null);
  usePageTitle(t('control.tenants'));
  const settled = useSettled(words.trim(), 250);
  const found = useInfiniteQuery({
    ...tenantsQuery(api, { words: settled, plan, status }),
    placeholderData: (previous) => previous,
  });
  const tenants = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeading title={t('control.tenants')}>{t('control.tenantsLead')}</PageHeading>
      <search className="filters">
        <SearchField
          label={t('control.search')}
          placeholder={t('control.searchHint')}
          value={words}
          onChange={setWords}
        />
        <SelectField
          label={t('control.plan')}
          hideLabel
          value={plan}
          onChange={setPlan}
          options={[
            { value: 'all', label: t('control.allPlans') },
            ...(['starter', 'growth', 'enterprise'] as const).map((value) => ({
              value,
              label: t(planNames[value]),
            })),
          ]}
        />
        <SelectField
          label={t('people.status')}
          hideLabel
          value={status}
          onChange={setStatus}
          options={[
            { value: 'all', label: t('control.allStates') },
            ...(['active', 'suspended', 'provisioning', 'deleted'] as const).map((value) => ({
              value,
              label: t(statusNames[value]),
            })),
          ]}
        />
      </search>
      {found.isPending && (
        <Loading>
          <Skeleton className="skeleton--list" />
        </Loading>
      )}
      {found.isError && (
        <Problem
          level={2}
          error={found.error}
          onRetry={() => {
            void found.refetch();
          }}
        />
      )}
      {found.isSuccess && tenants.length === 0 && (
        <EmptyState icon={Building2} title={t('control.none')}>
          {t('control.noneText')}
        </EmptyState>
      )}
      {tenants.length > 0 && (
        <Table
          label={t('control.tenants')}
          rows={tenants}
          keyOf={({ id }) => id}
          columns={[...columns, actions(setChanging)]}
        />
      )}
      {found.hasNextPage && (
        <p className="more">
          <Button
            look="secondary"
            isPending={found.isFetchingNextPage}
            onPress={() => {
              void found.fetchNextPage();
            }}
          >
            {t('action.more')}
          </Button>
        </p>
      )}
      {changing !== null && (
        <SuspensionDialog
          tenant={changing}
          onClose={() => {
            setChanging(null);
          }}
        />
      )}
    </>
  );
}

const columns: readonly Column<OperatorTenant>[] = [
  {
    title: t('control.tenant'),
    cell: ({ name, host }) => (
      <>
        <span className="table__name">{name}</span>
        <a className="table__detail control__host" href={addressOf(host)} target="_blank" rel="noreferrer">
          {host}
          <ExternalLink aria-hidden />
        </a>
      </>
    ),
  },
  { title: t('control.plan'), cell: ({ plan }) => t(planNames[plan]) },
  {
    title: t('people.status'),
    cell: ({ status }) => <Badge tone={statusTones[status]}>{t(statusNames[status])}</Badge>,
  },
  { title: t('control.size'), cell: ({ size }) => size },
  { title: t('control.shard'), cell: ({ shard }) => shard },
  { title: t('control.since'), cell: ({ createdAt }) => formatShortDay(createdAt) },
];

function actions(change: (tenant: OperatorTenant) => void): Column<OperatorTenant> {
  return {
    title: t('authoring.actions'),
    cell: (tenant) => {
      if (tenant.status !== 'active' && tenant.status !== 'suspended') return '–';
      const suspended = tenant.status === 'suspended';
      return (
        <IconButton
          label={
            suspended
              ? t('control.resumeOf', { name: tenant.name })
              : t('control.suspendOf', { name: tenant.name })
          }
          onPress={() => {
            change(tenant);
          }}
        >
          {suspended ? <Play aria-hidden /> : <Pause aria-hidden />}
        </IconButton>
      );
    },
  };
}

/** The academy on the port that the control centre itself is reached by. */
function addressOf(host: string): string {
  const { protocol, port } = window.location;
  return `${protocol}//${host}${port === '' || host.includes(':') ? '' : `:${port}`}/`;
}
