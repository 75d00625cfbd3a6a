import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ExternalLink, LogIn, Pause, Play, Scale } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { OperatorTenant } from '#libs/contracts/tenants';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ButtonAnchor } from '../design/button-link.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton, SkeletonText } from '../design/skeleton.js';
import { formatAgo, formatMoment } from '../language/dates.js';
import { formatBytes, formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { ActAsDialog } from './act-as-dialog.js';
import {
  addressOf,
  healthNames,
  healthTones,
  planNames,
  statusNames,
  statusTones,
  tierNames,
} from './control-words.js';
import { tenantQuery } from './control.queries.js';
import { PlanDialog } from './plan-dialog.js';
import { SuspensionDialog } from './suspension-dialog.js';
import './control.css';
import { WhenNear } from '../design/when-near.js';
import { TenantActing } from './tenant-acting.js';
import { TenantUsage } from './tenant-usage.js';
import { TenantDomains } from './tenant-domains.js';
import { TenantOwners } from './tenant-owners.js';
import { TenantReadModels } from './tenant-read-models.js';
import { TenantEvents } from './tenant-events.js';

type Doing = 'acting' | 'plan' | 'suspension' | null;

/** One tenant, whole: how it is, what it uses, where it lies, whose it is, what happened. */
export function TenantPage() {
  const { tenantId } = useParams({ from: '/control/tenants/$tenantId' });
  const tenant = useQuery(tenantQuery(useApi(), tenantId));
  usePageTitle(tenant.data?.data.name ?? t('control.tenant'));
  return (
    <>
      <BackLink to="/control">{t('control.tenants')}</BackLink>
      <Answer isPage of={tenant} skeleton={<Skeleton className="skeleton--list" />}>
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
                look={status === 'active' ? 'quiet-danger' : 'primary'}
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
      <TenantActing tenantId={tenant.id} />
      <TenantUsage tenantId={tenant.id} />
      <Placement tenant={tenant} />
      <Section title={t('control.domains')}>
        <WhenNear skeleton={<SkeletonText lines={2} />}>
          <TenantDomains tenantId={tenant.id} />
        </WhenNear>
      </Section>
      <Section title={t('control.owners')} lead={t('control.ownersLead')}>
        <WhenNear skeleton={<SkeletonText lines={2} />}>
          <TenantOwners tenantId={tenant.id} />
        </WhenNear>
      </Section>
      <Section title={t('control.readModels')} lead={t('control.readModelsLead')}>
        <WhenNear skeleton={<SkeletonText lines={3} />}>
          <TenantReadModels tenantId={tenant.id} />
        </WhenNear>
      </Section>
      <Section title={t('control.recentEvents')}>
        <WhenNear skeleton={<SkeletonText lines={6} />}>
          <TenantEvents tenantId={tenant.id} />
        </WhenNear>
      </Section>
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
