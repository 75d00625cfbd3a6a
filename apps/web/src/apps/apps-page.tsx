import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AppWindow, Plus } from 'lucide-react';
import type { App, Issuer, rotateIssuerKeys } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { ButtonLink } from '../design/button-link.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { appsQuery, issuerKey, issuerQuery } from './apps.queries.js';
import { AppValue } from './shown-secret.js';
import './apps.css';

export function AppsPage() {
  usePageTitle(t('admin.apps'));
  return may(useUser(), 'sso.manage') ? <Apps /> : <Forbidden />;
}

function Apps() {
  const api = useApi();
  const found = useQuery(appsQuery(api));
  const issuer = useQuery(issuerQuery(api));
  const add = (
    <ButtonLink to="/admin/sign-in-apps/new" icon={<Plus aria-hidden />}>
      {t('apps.new')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeading title={t('admin.apps')} actions={add}>
        {t('apps.lead')}
      </PageHeading>
      <div className="apps__list">
        <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
          {(apps) =>
            apps.length === 0 ? (
              <EmptyState icon={AppWindow} title={t('apps.none.title')} action={add}>
                {t('apps.none.text')}
              </EmptyState>
            ) : (
              <Table label={t('admin.apps')} rows={apps} keyOf={({ id }) => id} columns={columns()} />
            )
          }
        </Answer>
      </div>
      <Answer of={issuer} skeleton={<Skeleton className="skeleton--list" />}>
        {(found) => (
          <>
            <Section title={t('apps.values')} lead={t('apps.values.lead')}>
              <div className="apps__form">
                <AppValue label={t('apps.issuer')} value={found.issuer} />
                <AppValue label={t('apps.discovery')} value={found.discoveryUrl} />
              </div>
            </Section>
            {found.keys.length > 0 && <Keys issuer={found} />}
          </>
        )}
      </Answer>
    </>
  );
}

const columns = () => [
  {
    title: t('apps.name'),
    cell: ({ id, name }: App) => (
      <Link to="/admin/sign-in-apps/$appId" params={{ appId: id }}>
        {name}
      </Link>
    ),
  },
  {
    title: t('apps.kind'),
    cell: ({ kind }: App) => t(`apps.kind.${kind}` satisfies MessageKey),
  },
  {
    title: t('apps.owner'),
    cell: ({ firstParty }: App) => (firstParty ? t('apps.firstParty') : t('apps.thirdParty')),
  },
  {
    title: t('apps.used'),
    cell: ({ lastUsedAt }: App) => (lastUsedAt === null ? t('apps.never') : formatAgo(lastUsedAt)),
  },
  {
    title: t('apps.state'),
    cell: ({ enabled }: App) => (
      <Badge tone={enabled ? 'good' : 'neutral'}>{enabled ? t('apps.on') : t('apps.off')}</Badge>
    ),
  },
];

function Keys({ issuer }: { readonly issuer: Issuer }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const renew = useMutation({
    mutationFn: () =>
      api.send<typeof rotateIssuerKeys>('POST', '/api/v1/sso/issuer/rotate-keys', {
        body: { revoke: false },
      }),
    onSuccess: ({ data }) => {
      queries.setQueryData(issuerKey, data);
      toasts.show(t('apps.keys.renewed'));
    },
  });
  return (
    <Section title={t('apps.keys')} lead={t('apps.keys.lead')}>
      <div className="apps__form">
        <FormProblem error={renew.error} />
        <Table label={t('apps.keys')} rows={issuer.keys} keyOf={({ kid }) => kid} columns={keyColumns()} />
        <div className="form__actions">
          <Button
            look="secondary"
            isPending={renew.isPending}
            onPress={() => {
              renew.mutate();
            }}
          >
            {t('apps.keys.renew')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

type Key = Issuer['keys'][number];

const keyColumns = () => [
  {
    title: t('apps.key.id'),
    cell: ({ kid }: Key) => <code dir="ltr">{kid}</code>,
  },
  { title: t('apps.key.algorithm'), cell: ({ algorithm }: Key) => <span dir="ltr">{algorithm}</span> },
  { title: t('apps.key.until'), cell: ({ activeUntil }: Key) => formatShortDay(activeUntil) },
  {
    title: t('apps.state'),
    cell: ({ state }: Key) => (
      <Badge tone={state === 'active' ? 'good' : 'neutral'}>
        {t(`apps.key.${state}` satisfies MessageKey)}
      </Badge>
    ),
  },
];
