import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type {
  answerAppQuestion,
  confirmAppLogout,
  getAppQuestion,
  logout,
  previewAppLogout,
} from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { ButtonLink } from '../design/button-link.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { AuthLayout } from '../session/auth-layout.js';
import { FormProblem } from '../session/form-problem.js';
import { scopeName } from './app-form.js';
import './apps.css';

/** What is left between an app and a person: whether it may know him, a new proof, a sign-out, or why it did not work. */
export function AppSignInPage() {
  const { ask, again, 'sign-out': leaving, problem } = useSearch({ from: '/app-sign-in' });
  if (ask !== undefined) return <Ask id={ask} />;
  if (again !== undefined) return <Again id={again} />;
  if (leaving !== undefined) return <Leave handle={leaving} />;
  return <Problem code={problem ?? 'expired'} />;
}

function Ask({ id }: { readonly id: string }) {
  const api = useApi();
  const { name: academy } = useBrand();
  const base = `/oidc/interaction/${encodeURIComponent(id)}`;
  usePageTitle(t('apps.ask.title'));
  const question = useQuery({
    queryKey: ['app-question', id],
    queryFn: ({ signal }) => api.read<typeof getAppQuestion>(`${base}/question`, { signal }),
    retry: false,
  });
  const answer = useMutation({
    mutationFn: (decision: 'allow' | 'deny') =>
      api.send<typeof answerAppQuestion>('POST', `${base}/answer`, { body: { decision } }),
    onSuccess: ({ data }) => {
      window.location.assign(data.url);
    },
  });
  if (question.isError) return <Problem code="expired" />;
  if (question.data === undefined) return <Waiting title={t('apps.ask.title')} />;
  const { app, scopes, user } = question.data;
  const button = (decision: 'allow' | 'deny') => (
    <Button
      wide
      size="l"
      look={decision === 'allow' ? 'primary' : 'secondary'}
      isPending={answer.isPending && answer.variables === decision}
      onPress={() => {
        answer.mutate(decision);
      }}
    >
      {decision === 'allow' ? t('apps.ask.allow') : t('apps.ask.deny')}
    </Button>
  );
  return (
    <AuthLayout
      title={t('apps.ask.title')}
      lead={t('apps.ask.lead', { app: app.name, host: app.host, academy })}
    >
      <FormProblem error={answer.error} />
      <p>{t('apps.ask.who', user)}</p>
      <p>{t('apps.ask.what')}</p>
      <ul className="apps__learns">
        {scopes.map((scope) => (
          <li key={scope}>{scopeName(scope)}</li>
        ))}
      </ul>
      <div className="form">
        {button('allow')}
        {button('deny')}
      </div>
    </AuthLayout>
  );
}

/** An app wants a proof of now: whoever signs out and in again gives it. */
function Again({ id }: { readonly id: string }) {
  const api = useApi();
  usePageTitle(t('apps.again.title'));
  const leave = useMutation({
    mutationFn: () => api.send<typeof logout>('POST', '/api/v1/auth/logout', { body: {} }),
    onSuccess: () => {
      const next = encodeURIComponent(`/oidc/interaction/${id}`);
      window.location.assign(`/sign-in?next=${next}`);
    },
  });
  return (
    <AuthLayout title={t('apps.again.title')} lead={t('apps.again.lead')}>
      <FormProblem error={leave.error} />
      <Button
        wide
        size="l"
        isPending={leave.isPending}
        onPress={() => {
          leave.mutate();
        }}
      >
        {t('apps.again.action')}
      </Button>
    </AuthLayout>
  );
}

function Leave({ handle }: { readonly handle: string }) {
  const api = useApi();
  const { name: academy } = useBrand();
  usePageTitle(t('apps.leave.title'));
  const question = useQuery({
    queryKey: ['app-logout', handle],
    queryFn: async () =>
      (await api.send<typeof previewAppLogout>('POST', '/oidc/session/end/question', { body: { handle } }))
        .data,
    retry: false,
  });
  const leave = useMutation({
    mutationFn: () =>
      api.send<typeof confirmAppLogout>('POST', '/oidc/session/end/confirm', { body: { handle } }),
    onSuccess: ({ data }) => {
      window.location.assign(data.url);
    },
  });
  if (question.isError) return <Problem code="expired" />;
  if (question.data === undefined) return <Waiting title={t('apps.leave.title')} />;
  const { app } = question.data;
  const lead =
    app === null ? t('apps.leave.leadUnknown', { academy }) : t('apps.leave.lead', { app, academy });
  return (
    <AuthLayout title={t('apps.leave.title')} lead={lead}>
      <FormProblem error={leave.error} />
      <div className="form">
        <Button
          wide
          size="l"
          isPending={leave.isPending}
          onPress={() => {
            leave.mutate();
          }}
        >
          {t('apps.leave.action')}
        </Button>
        <ButtonLink to="/" look="secondary" wide size="l">
          {t('apps.leave.stay')}
        </ButtonLink>
      </div>
    </AuthLayout>
  );
}

function Waiting({ title }: { readonly title: string }) {
  return (
    <AuthLayout title={title}>
      <Skeleton className="skeleton--list" />
    </AuthLayout>
  );
}

const reasons = { expired: 'apps.problem.expired', acting: 'apps.problem.acting' } as const;

function Problem({ code }: { readonly code: string }) {
  usePageTitle(t('apps.problem.title'));
  const reason = code === 'expired' || code === 'acting' ? reasons[code] : 'apps.problem.refused';
  return (
    <AuthLayout title={t('apps.problem.title')}>
      <Notice tone="bad" live>
        {t(reason)}
      </Notice>
      <ButtonLink to="/" look="secondary" wide size="l">
        {t('apps.problem.home')}
      </ButtonLink>
    </AuthLayout>
  );
}
