import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, ExternalLink, LogIn, Pause, Play, Scale } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { endActing } from '#libs/contracts/auth';
import type { TenantUsage } from '#libs/contracts/insights';
import type { OperatorTenant } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ButtonAnchor } from '../design/button-link.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressBar } from '../design/progress.js';
import { Section } from '../design/section.js';
import { Skeleton, SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatAgo, formatMoment, formatZonedMoment } from '../language/dates.js';
import { formatBytes, formatNumber, formatPercent } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { ActAsDialog } from './act-as-dialog.js';
import {
  addressOf,
  domainNames,
  domainTones,
  healthNames,
  healthTones,
  planNames,
  projectionNames,
  projectionTones,
  statusNames,
  statusTones,
  tierNames,
} from './control-words.js';
import {
  actingQuery,
  domainsQuery,
  ownersQuery,
  tenantEventsQuery,
  tenantKey,
  tenantProjectionsQuery,
  tenantQuery,
  usageQuery,
} from './control.queries.js';
import { PlanDialog } from './plan-dialog.js';
import { ReplayButton } from './replay-button.js';
import { SuspensionDialog } from './suspension-dialog.js';
import './control.css';

type Doing = 'acting' | 'plan' | 'suspension' | null;

/** One tenant, whole: how it is, what it uses, where it lies, whose it is, what happened. */
export function TenantPage() {
  const { tenantId } = useParams({ from: '/control/tenants/$tenantId' });
  const tenant = useQuery(tenantQuery(useApi(), tenantId));
  usePageTitle(tenant.data?.data.name ?? t('control.tenant'));
  return (
    <>
      <p className="control-back">
        <Link to="/control">
          <ArrowLeft aria-hidden /> {t('control.tenants')}
        </Link>
      </p>
      <Answer of={tenant} skeleton={<Skeleton className="skeleton--list" />}>
        {({ data, etag }) => <Tenant tenant={data} etag={etag ?? ''} />}
      </Answer>
    </>
  );
}

function Tenant({ tenant, etag }: { readonly tenant: OperatorTenant; readonly etag: string }) {
  const [doing, setDoing] = useState<Doing>(null);
  const close = (): void => {
    setDoing(null);
  };
  const { status, pulse } = tenant;
  const mayChange = status === 'active' || status === 'suspended';
  return (
    <>
      <PageHeading
        title={tenant.name}
        actions={
          <div className="control-buttons">
            <ButtonAnchor
              look="secondary"
              href={addressOf(tenant.host)}
              target="_blank"
              rel="noreferrer"
              iconAfter={<ExternalLink aria-hidden />}
            >
              {t('control.visit')}
            </ButtonAnchor>
            <Button
              look="secondary"
              icon={<LogIn aria-hidden />}
              isDisabled={status !== 'active'}
              onPress={() => {
                setDoing('acting');
              }}
            >
              {t('control.actAs')}
            </Button>
            <Button
              look="secondary"
              icon={<Scale aria-hidden />}
              onPress={() => {
                setDoing('plan');
              }}
            >
              {t('control.changePlan')}
            </Button>
            {mayChange && (
              <Button
                look={status === 'active' ? 'danger' : 'primary'}
                icon={status === 'active' ? <Pause aria-hidden /> : <Play aria-hidden />}
                onPress={() => {
                  setDoing('suspension');
                }}
              >
                {t(status === 'active' ? 'control.suspend' : 'control.resume')}
              </Button>
            )}
          </div>
        }
      >
        {tenant.slug} · {tenant.host}
      </PageHeading>
      <ul className="control-tiles" aria-label={t('control.atAGlance')}>
        <Tile label={t('control.status')}>
          <Badge tone={statusTones[status]}>{t(statusNames[status])}</Badge>
        </Tile>
        <Tile label={t('control.health')}>
          {pulse === null ? (
            t('control.notMeasured')
          ) : (
            <Badge tone={healthTones[pulse.health]}>{t(healthNames[pulse.health])}</Badge>
          )}
        </Tile>
        <Tile label={t('control.size')}>{formatNumber(tenant.size)}</Tile>
        <Tile label={t('control.storage')}>{pulse === null ? '–' : formatBytes(pulse.storageBytes)}</Tile>
        <Tile label={t('control.lastActivity')}>
          {typeof pulse?.lastActiveAt !== 'string' ? '–' : formatAgo(pulse.lastActiveAt)}
        </Tile>
      </ul>
      {pulse !== null && pulse.issues.length > 0 && (
        <Notice tone={pulse.health === 'critical' ? 'bad' : 'warn'} title={t('control.issues')}>
          <ul>
            {pulse.issues.map((issue) => (
              <li key={issue}>{issue}</li>
            ))}
          </ul>
        </Notice>
      )}
      <ActingNow tenantId={tenant.id} />
      <Usage tenantId={tenant.id} />
      <Placement tenant={tenant} />
      <Domains tenantId={tenant.id} />
      <Owners tenantId={tenant.id} />
      <ReadModels tenantId={tenant.id} />
      <Events tenantId={tenant.id} />
      {doing === 'acting' && <ActAsDialog tenant={tenant} onClose={close} />}
      {doing === 'plan' && <PlanDialog tenant={tenant} etag={etag} onClose={close} />}
      {doing === 'suspension' && <SuspensionDialog tenant={tenant} onClose={close} />}
    </>
  );
}

function Tile({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <li className="control-tile">
      <span className="control-tile__label">{label}</span>
      <span className="control-tile__value">{children}</span>
    </li>
  );
}

interface OfTenant {
  readonly tenantId: string;
}

/** Who is in the tenant in somebody's name at this moment. */
function ActingNow({ tenantId }: OfTenant) {
  const api = useApi();
  const queries = useQueryClient();
  const acting = useQuery(actingQuery(api, tenantId));
  const end = useMutation({
    mutationFn: async (sessionId: string) =>
      api.send<typeof endActing>('DELETE', '/api/v1/operator/tenants/:tenantId/act-as/:sessionId', {
        params: { tenantId, sessionId },
      }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: tenantKey(tenantId) });
    },
  });
  if (acting.data === undefined || acting.data.length === 0) return null;
  return (
    <div className="control-stack">
      {acting.data.map(({ sessionId, operatorName, userName, reason, expiresAt }) => (
        <Notice
          key={sessionId}
          tone="info"
          title={t('control.actingNow', { operator: operatorName, person: userName })}
          action={
            <Button
              look="secondary"
              size="s"
              isPending={end.isPending}
              onPress={() => {
                end.mutate(sessionId);
              }}
            >
              {t('control.actEnd')}
            </Button>
          }
        >
          {t('control.actingUntil', { reason, until: formatMoment(expiresAt) })}
        </Notice>
      ))}
    </div>
  );
}

type LimitName = TenantUsage['limits'][number]['name'];
const limitNames: Readonly<Record<LimitName, MessageKey>> = {
  users: 'limit.users',
  storageBytes: 'limit.storageBytes',
  requestsPerMonth: 'limit.requestsPerMonth',
  requestsPerMinute: 'limit.requestsPerMinute',
  queuedJobs: 'limit.queuedJobs',
};

function amount(name: LimitName, value: number | null): string {
  if (value === null) return t('limit.none');
  return name === 'storageBytes' ? formatBytes(value) : formatNumber(value);
}

function Usage({ tenantId }: OfTenant) {
  const usage = useQuery(usageQuery(useApi(), tenantId));
  return (
    <Section title={t('control.usage')} lead={t('control.usageLead')}>
      <Answer of={usage} skeleton={<SkeletonText lines={5} />}>
        {({ limits, activeUsers, coursesCompleted, averageProgress }) => (
          <>
            {limits.map(({ name, used, most }) => (
              <div key={name} className="control-meter">
                <div className="control-meter__line">
                  <span>{t(limitNames[name])}</span>
                  <span>
                    {used === null
                      ? amount(name, most)
                      : t('limit.of', { used: amount(name, used), most: amount(name, most) })}
                  </span>
                </div>
                {used !== null && most !== null && (
                  <ProgressBar label={t(limitNames[name])} value={most === 0 ? 0 : used / most} />
                )}
              </div>
            ))}
            <dl className="control-facts">
              <dt>{t('control.activeUsers')}</dt>
              <dd>{formatNumber(activeUsers)}</dd>
              <dt>{t('control.completed')}</dt>
              <dd>{formatNumber(coursesCompleted)}</dd>
              <dt>{t('control.progress')}</dt>
              <dd>{formatPercent(averageProgress)}</dd>
            </dl>
          </>
        )}
      </Answer>
    </Section>
  );
}

function Placement({ tenant }: { readonly tenant: OperatorTenant }) {
  return (
    <Section title={t('control.placement')} lead={t('control.placementLead')}>
      <dl className="control-facts">
        <dt>{t('control.plan')}</dt>
        <dd>{t(planNames[tenant.plan])}</dd>
        <dt>{t('control.shard')}</dt>
        <dd>
          <Link to="/control" search={{ shard: tenant.shard }}>
            {tenant.shard}
          </Link>
        </dd>
        <dt>{t('control.tier')}</dt>
        <dd>{t(tierNames[tenant.tier])}</dd>
        <dt>{t('control.epoch')}</dt>
        <dd>{formatNumber(tenant.epoch)}</dd>
        <dt>{t('control.since')}</dt>
        <dd>{formatMoment(tenant.createdAt)}</dd>
        <dt>{t('control.id')}</dt>
        <dd className="control-code">{tenant.id}</dd>
      </dl>
    </Section>
  );
}

function Domains({ tenantId }: OfTenant) {
  const domains = useQuery(domainsQuery(useApi(), tenantId));
  return (
    <Section title={t('control.domains')}>
      <Answer of={domains} skeleton={<SkeletonText lines={2} />}>
        {(rows) => (
          <Table
            label={t('control.domains')}
            rows={rows}
            keyOf={({ host }) => host}
            columns={[
              { title: t('control.host'), cell: ({ host }) => host },
              {
                title: t('control.status'),
                cell: ({ state }) => <Badge tone={domainTones[state]}>{t(domainNames[state])}</Badge>,
              },
              {
                title: t('control.lastChecked'),
                cell: ({ lastCheckedAt }) => (lastCheckedAt === null ? '–' : formatAgo(lastCheckedAt)),
              },
            ]}
          />
        )}
      </Answer>
    </Section>
  );
}

function Owners({ tenantId }: OfTenant) {
  const owners = useQuery(ownersQuery(useApi(), tenantId));
  return (
    <Section title={t('control.owners')} lead={t('control.ownersLead')}>
      <Answer of={owners} skeleton={<SkeletonText lines={2} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Notice tone="warn" title={t('control.noOwner')} />
          ) : (
            <Table
              label={t('control.owners')}
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: t('control.person'),
                  cell: ({ name, email }) => (
                    <>
                      <span className="table__name">{name}</span>
                      <span className="table__detail">{email}</span>
                    </>
                  ),
                },
                {
                  title: t('control.lastSeen'),
                  cell: ({ lastLoginAt }) => (lastLoginAt === null ? '–' : formatAgo(lastLoginAt)),
                },
              ]}
            />
          )
        }
      </Answer>
    </Section>
  );
}

function ReadModels({ tenantId }: OfTenant) {
  const models = useQuery(tenantProjectionsQuery(useApi(), tenantId));
  return (
    <Section title={t('control.readModels')} lead={t('control.readModelsLead')}>
      <Answer of={models} skeleton={<SkeletonText lines={3} />}>
        {(rows) => (
          <Table
            label={t('control.readModels')}
            rows={rows}
            keyOf={({ projection }) => projection}
            columns={[
              { title: t('control.projection'), cell: ({ projection }) => projection },
              {
                title: t('control.status'),
                cell: ({ status, position, head, error }) => (
                  <>
                    <Badge tone={projectionTones[status]}>{t(projectionNames[status])}</Badge>
                    {position < head && (
                      <ProgressBar label={t('control.position')} value={head === 0 ? 1 : position / head} />
                    )}
                    {error !== null && <span className="table__detail">{error}</span>}
                  </>
                ),
              },
              {
                title: t('control.position'),
                cell: ({ position, head }) =>
                  t('limit.of', { used: formatNumber(position), most: formatNumber(head) }),
              },
              {
                title: t('control.actions'),
                cell: ({ projection, status }) => (
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
      </Answer>
    </Section>
  );
}

function Events({ tenantId }: OfTenant) {
  const events = useInfiniteQuery(tenantEventsQuery(useApi(), tenantId));
  return (
    <Section title={t('control.recentEvents')}>
      <Answer of={events} skeleton={<SkeletonText lines={6} />}>
        {({ pages }) => (
          <Table
            label={t('control.recentEvents')}
            rows={pages.flatMap((page) => page.items)}
            keyOf={({ id }) => id}
            columns={[
              { title: t('control.event'), cell: ({ type }) => <span className="control-code">{type}</span> },
              {
                title: t('control.by'),
                cell: ({ actor }) => (
                  <>
                    <span>{actor.name ?? actor.id ?? actor.kind}</span>
                    {actor.by !== null && (
                      <span className="table__detail">
                        {t('control.actedBy', { operator: actor.by.name ?? actor.by.id })}
                      </span>
                    )}
                  </>
                ),
              },
              { title: t('control.when'), cell: ({ occurredAt }) => formatZonedMoment(occurredAt) },
            ]}
          />
        )}
      </Answer>
      {events.hasNextPage && (
        <p className="more">
          <Button
            look="secondary"
            isPending={events.isFetchingNextPage}
            onPress={() => {
              void events.fetchNextPage();
            }}
          >
            {t('action.more')}
          </Button>
        </p>
      )}
    </Section>
  );
}
