import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { App, AppPatch, deleteApp, rotateAppSecret, updateApp } from '#libs/contracts/auth';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { formatShortDay } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { AppFormFields, bodyOf, fieldsOf } from './app-form.js';
import { appQuery, appsKey, appsPath, issuerQuery } from './apps.queries.js';
import { AppValue, ShownSecret } from './shown-secret.js';
import './apps.css';

export function AppPage() {
  usePageTitle(t('admin.apps'));
  return may(useUser(), 'sso.manage') ? <Page /> : <Forbidden />;
}

interface Shown {
  readonly app: App;
  /** The version that was read. */
  readonly etag: string;
}

function Page() {
  const { appId } = useParams({ from: '/member/app/admin/sign-in-apps/$appId' });
  const api = useApi();
  const found = useQuery(appQuery(api, appId));
  const issuer = useQuery(issuerQuery(api));
  return (
    <Answer isPage of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ data: app, etag }) => (
        <>
          <BackLink to="/admin/sign-in-apps">{t('admin.apps')}</BackLink>
          <PageHeading title={app.name} actions={<Actions app={app} etag={etag ?? ''} />}>
            {t(`apps.kind.${app.kind}` satisfies MessageKey)}{' '}
            <Badge tone={app.enabled ? 'good' : 'neutral'}>
              {app.enabled ? t('apps.on') : t('apps.off')}
            </Badge>
          </PageHeading>
          <Section title={t('apps.values')} lead={t('apps.values.lead')}>
            <div className="apps__form">
              <AppValue label={t('apps.clientId')} value={app.id} />
              {issuer.data !== undefined && <AppValue label={t('apps.issuer')} value={issuer.data.issuer} />}
            </div>
          </Section>
          {app.kind === 'confidential' && app.authentication !== 'private_key_jwt' && <Secrets app={app} />}
          <Settings key={etag} app={app} etag={etag ?? ''} />
        </>
      )}
    </Answer>
  );
}

function useChange({ app, etag }: Shown, done: () => void = () => undefined) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AppPatch) =>
      api.send<typeof updateApp>('PATCH', `${appsPath}/${app.id}`, { body, ifMatch: etag }),
    onSuccess: async () => {
      done();
      await queries.invalidateQueries({ queryKey: appsKey });
    },
  });
}

function Actions({ app, etag }: Shown) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const change = useChange({ app, etag });
  const remove = useMutation({
    mutationFn: () => api.send<typeof deleteApp>('DELETE', `${appsPath}/${app.id}`),
    onSuccess: async () => {
      await navigate({ to: '/admin/sign-in-apps' });
      queries.removeQueries({ queryKey: [...appsKey, app.id] });
      await queries.invalidateQueries({ queryKey: appsKey });
    },
  });
  return (
    <>
      <FormProblem error={change.error} />
      <Button
        look="secondary"
        isPending={change.isPending}
        onPress={() => {
          change.mutate({ enabled: !app.enabled });
        }}
      >
        {app.enabled ? t('apps.switchOff') : t('apps.switchOn')}
      </Button>
      <Button
        look="quiet-danger"
        onPress={() => {
          setDeleting(true);
        }}
      >
        {t('apps.delete')}
      </Button>
      {isDeleting && (
        <ConfirmDialog
          title={t('apps.delete.title')}
          confirm={t('apps.delete')}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => {
            remove.mutate();
          }}
          onClose={() => {
            setDeleting(false);
          }}
        >
          <p>{t('apps.delete.text')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

type Secret = App['secrets'][number];

const secretColumns = () => [
  { title: t('apps.secret.hint'), cell: ({ hint }: Secret) => <code dir="ltr">…{hint}</code> },
  { title: t('apps.secret.since'), cell: ({ createdAt }: Secret) => formatShortDay(createdAt) },
  {
    title: t('apps.secret.until'),
    cell: ({ expiresAt }: Secret) =>
      expiresAt === null ? t('apps.secret.noEnd') : formatShortDay(expiresAt),
  },
];

function Secrets({ app }: { readonly app: App }) {
  const api = useApi();
  const queries = useQueryClient();
  const [made, setMade] = useState<string | null>(null);
  const renew = useMutation({
    mutationFn: () =>
      api.send<typeof rotateAppSecret>('POST', `${appsPath}/${app.id}/rotate-secret`, { body: {} }),
    onSuccess: async ({ data }) => {
      setMade(data.clientSecret);
      await queries.invalidateQueries({ queryKey: appsKey });
    },
  });
  return (
    <Section title={t('apps.secrets')} lead={t('apps.secrets.lead')}>
      <div className="apps__form">
        <FormProblem error={renew.error} />
        <Table
          label={t('apps.secrets')}
          rows={app.secrets}
          keyOf={({ hint, createdAt }) => createdAt + hint}
          columns={secretColumns()}
        />
        <div className="form__actions">
          <Button
            look="secondary"
            isPending={renew.isPending}
            onPress={() => {
              renew.mutate();
            }}
          >
            {t('apps.renewSecret')}
          </Button>
        </div>
      </div>
      {made !== null && (
        <ShownSecret
          clientId={app.id}
          secret={made}
          onClose={() => {
            setMade(null);
          }}
        />
      )}
    </Section>
  );
}

function Settings({ app, etag }: Shown) {
  const toasts = useToasts();
  const [fields, setFields] = useState(() => fieldsOf(app));
  const change = useChange({ app, etag }, () => {
    toasts.show(t('apps.saved'));
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change.mutate(bodyOf(fields));
  };
  return (
    <Section title={t('apps.settings')}>
      <form className="apps__form" onSubmit={submit} noValidate>
        <FormProblem error={change.error} say={{ 'app.settings_invalid': t('apps.problem.settings') }} />
        <AppFormFields
          isNew={false}
          fields={fields}
          set={(part) => {
            setFields({ ...fields, ...part });
          }}
        />
        <div className="form__actions">
          <Button type="submit" isPending={change.isPending}>
            {t('apps.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
