import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type {
  AttemptView,
  ConnectionView,
  deleteConnection,
  enableConnection,
  testConnection,
} from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { formatMoment } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { kindNames, providerName, stateName, stateTones } from './connection-words.js';
import { SetupLinksOf } from './setup-links-section.js';
import { Value } from './value.js';
import { AttemptFindings, outcomeOf } from './attempt-findings.js';
import { DirectoryPanel } from './directory-panel.js';
import { CertificatesSection, ProviderSection } from './provider-section.js';
import { RulesSection } from './rules-section.js';
import { attemptQuery, attemptsQuery, connectionQuery, connectionsKey } from './security.queries.js';
import './security.css';

export function ConnectionPage() {
  usePageTitle(t('admin.signIn'));
  return may(useUser(), 'sso.manage') ? <Connection /> : <Forbidden />;
}

function Connection() {
  const { connectionId } = useParams({ from: '/member/app/admin/sign-in/$connectionId' });
  const { attempt } = useSearch({ from: '/member/app/admin/sign-in/$connectionId' });
  const found = useQuery(connectionQuery(useApi(), connectionId));
  return (
    <Answer isPage of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ data: connection, etag }) => (
        <>
          <BackLink to="/admin/sign-in">{t('admin.signIn')}</BackLink>
          <PageHeading title={connection.name} actions={<Actions connection={connection} />}>
            {providerName(connection.provider)} · {kindNames[connection.kind]}{' '}
            <Badge tone={stateTones[connection.state]}>{stateName(connection.state)}</Badge>
          </PageHeading>
          <div className="sso-stack sso-list">
            <Warnings connection={connection} />
          </div>
          {attempt !== undefined && <Attempt connectionId={connectionId} attemptId={attempt} />}
          {connection.ldap === null ? (
            <>
              <OurValues connection={connection} />
              <CertificatesSection connection={connection} />
            </>
          ) : (
            <DirectoryPanel connection={connection} ldap={connection.ldap} etag={etag ?? ''} />
          )}
          <Trace connectionId={connectionId} />
          {connection.kind !== 'ldap' && <SetupLinksOf connection={connection} />}
          <RulesSection key={`rules ${etag ?? ''}`} connection={connection} etag={etag ?? ''} />
          <ProviderSection key={`provider ${etag ?? ''}`} connection={connection} etag={etag ?? ''} />
        </>
      )}
    </Answer>
  );
}

const warningKeys = {
  certificate_expires: 'sso.warning.expires',
  certificate_expired: 'sso.warning.expired',
  no_certificate: 'sso.warning.noCertificate',
  sha1_allowed: 'sso.warning.sha1',
  not_tested: 'sso.warning.notTested',
  metadata_stale: 'sso.warning.stale',
} as const satisfies Readonly<Record<ConnectionView['warnings'][number]['code'], MessageKey>>;

function Warnings({ connection }: { readonly connection: ConnectionView }) {
  return connection.warnings.map(({ code, detail }) => (
    <Notice key={`${code} ${detail ?? ''}`} tone={code === 'not_tested' ? 'info' : 'warn'}>
      {t(warningKeys[code], { detail: detail ?? '' })}
    </Notice>
  ));
}

function Actions({ connection: { id, state, isDefault } }: { readonly connection: ConnectionView }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const base = `/api/v1/sso/connections/${id}`;
  const reload = () => queries.invalidateQueries({ queryKey: connectionsKey });
  const change = useMutation({
    mutationFn: (verb: 'enable' | 'disable' | 'default') =>
      api.send<typeof enableConnection>('POST', `${base}/${verb}`),
    onSuccess: reload,
  });
  const test = useMutation({
    mutationFn: () => api.send<typeof testConnection>('POST', `${base}/test`),
    onSuccess: ({ data }) => {
      window.location.assign(data.startUrl);
    },
  });
  const remove = useMutation({
    mutationFn: () => api.send<typeof deleteConnection>('DELETE', base),
    onSuccess: async () => {
      await reload();
      await navigate({ to: '/admin/sign-in' });
    },
  });
  const button = (label: string, verb: 'enable' | 'disable' | 'default') => (
    <Button
      look="secondary"
      isPending={change.isPending}
      onPress={() => {
        change.mutate(verb);
      }}
    >
      {label}
    </Button>
  );
  return (
    <div className="sso-actions">
      <FormProblem error={change.error ?? test.error} say={{ 'connection.not_tested': t('sso.notTested') }} />
      <Button
        isPending={test.isPending}
        onPress={() => {
          test.mutate();
        }}
      >
        {t('sso.test')}
      </Button>
      {state === 'active' ? button(t('sso.disable'), 'disable') : button(t('sso.enable'), 'enable')}
      {state === 'active' && !isDefault && button(t('sso.makeDefault'), 'default')}
      <Button
        look="quiet-danger"
        onPress={() => {
          setDeleting(true);
        }}
      >
        {t('sso.delete')}
      </Button>
      {isDeleting && (
        <ConfirmDialog
          title={t('sso.delete.title')}
          confirm={t('sso.delete')}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => {
            remove.mutate();
          }}
          onClose={() => {
            setDeleting(false);
          }}
        >
          <p>{t('sso.delete.text')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function OurValues({ connection: { saml, oidc } }: { readonly connection: ConnectionView }) {
  return (
    <Section title={t('sso.step.ours')} lead={t('sso.values.lead')}>
      <div className="sso-stack">
        {saml !== null && (
          <>
            <Value label={t('sso.value.entityId')} value={saml.sp.entityId} />
            <Value label={t('sso.value.acs')} value={saml.sp.acsUrl} />
            <Value label={t('sso.value.slo')} value={saml.sp.sloUrl} />
          </>
        )}
        {oidc !== null && (
          <>
            <Value label={t('sso.value.redirect')} value={oidc.rp.redirectUri} />
            <Value label={t('sso.value.backchannel')} value={oidc.rp.backchannelLogoutUri} />
            <Value label={t('sso.value.signedOut')} value={oidc.rp.postLogoutRedirectUri} />
          </>
        )}
      </div>
    </Section>
  );
}

function Trace({ connectionId }: { readonly connectionId: string }) {
  const found = useQuery(attemptsQuery(useApi(), connectionId));
  return (
    <Section title={t('sso.trace')} lead={t('sso.traceLead')}>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {(attempts) =>
          attempts.length === 0 ? (
            <p>{t('sso.trace.none')}</p>
          ) : (
            <Table
              label={t('sso.trace')}
              rows={attempts}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: t('sso.attempt.at'),
                  cell: ({ id, at }: AttemptView) => (
                    <Link
                      to="/admin/sign-in/$connectionId"
                      params={{ connectionId }}
                      search={{ attempt: id }}
                    >
                      {formatMoment(at)}
                    </Link>
                  ),
                },
                {
                  title: t('sso.attempt.who'),
                  cell: ({ email, subject }: AttemptView) => email ?? subject ?? '–',
                },
                { title: t('sso.attempt.outcome'), cell: outcomeOf },
              ]}
            />
          )
        }
      </Answer>
    </Section>
  );
}

function Attempt({ connectionId, attemptId }: { readonly connectionId: string; readonly attemptId: string }) {
  const found = useQuery(attemptQuery(useApi(), connectionId, attemptId));
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {(attempt) => <AttemptFindings attempt={attempt} />}
    </Answer>
  );
}
