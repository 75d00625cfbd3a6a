import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { finishSetup, openSetup, readSetupAttempt, SetupView, testSetup } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { BrandMark } from '../brand/brand-mark.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { LanguageSwitch } from '../session/language-switch.js';
import { linkToken } from '../session/link-token.js';
import { Answer } from '../shell/answer.js';
import { SkipLink } from '../shell/skip-link.js';
import { AttemptFindings, outcomeOf } from './attempt-findings.js';
import { stateName, stateTones } from './connection-words.js';
import { SetupForm } from './setup-form.js';
import { forgetSetupToken, keepSetupToken, keptSetupToken } from './setup-link.js';
import './security.css';
import './setup.css';

const PATH = '/api/v1/auth/setup';

/** For the IT department: one connection, from the side of the provider, without an account. */
export function SetupPage() {
  const brand = useBrand();
  usePageTitle(t('setup.title', { academy: brand.name }));
  const navigate = useNavigate();
  const inLink = linkToken(useLocation().hash);
  const [token, setToken] = useState(() => (inLink === null ? keptSetupToken() : null));
  const [isDone, setDone] = useState(false);
  // Asked for first: programs that look at links in mails do not press buttons.
  const begin = (link: string): void => {
    keepSetupToken(link);
    setToken(link);
    void navigate({ to: '/connection-setup', replace: true });
  };
  const end = (): void => {
    forgetSetupToken();
    setDone(true);
  };
  return (
    <Frame lead={t('setup.lead', { academy: brand.name })}>
      {isDone && (
        <Notice tone="good" title={t('setup.done.title')} live>
          {t('setup.done.text', { academy: brand.name })}
        </Notice>
      )}
      {!isDone && token !== null && <Opened token={token} onDone={end} />}
      {!isDone && token === null && inLink !== null && (
        <div className="form__actions">
          <Button
            size="l"
            onPress={() => {
              begin(inLink);
            }}
          >
            {t('setup.begin')}
          </Button>
        </div>
      )}
      {!isDone && token === null && inLink === null && <Over />}
    </Frame>
  );
}

function Frame({ lead, children }: { readonly lead: string; readonly children: ReactNode }) {
  const { name } = useBrand();
  return (
    <div className="setup">
      <SkipLink />
      <header className="setup__header">
        <BrandMark />
        <LanguageSwitch />
      </header>
      <main id="main" className="setup__main" tabIndex={-1}>
        <h1 tabIndex={-1}>{t('setup.title', { academy: name })}</h1>
        <p className="setup__lead">{lead}</p>
        {children}
      </main>
    </div>
  );
}

function Over() {
  return (
    <Notice tone="warn" title={t('link.missing.title')}>
      {t('setup.over')}
    </Notice>
  );
}

function Opened({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const api = useApi();
  const { attempt } = useSearch({ from: '/connection-setup' });
  const found = useQuery({
    queryKey: ['setup', token],
    queryFn: async () => (await api.send<typeof openSetup>('POST', `${PATH}/open`, { body: { token } })).data,
    staleTime: Infinity,
    retry: false,
  });
  if (found.isError) return <NotOpened error={found.error} />;
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {(setup) => (
        <>
          <p className="setup__state">
            <strong>{setup.name}</strong>{' '}
            <Badge tone={setup.state === null ? 'neutral' : stateTones[setup.state]}>
              {setup.state === null ? t('setup.empty') : stateName(setup.state)}
            </Badge>{' '}
            <span>{t('setup.holds', { at: formatMoment(setup.expiresAt) })}</span>
          </p>
          {attempt !== undefined && <Findings token={token} attemptId={attempt} />}
          <SetupForm token={token} setup={setup} />
          {setup.state !== null && <LastSteps token={token} setup={setup} onDone={onDone} />}
        </>
      )}
    </Answer>
  );
}

function NotOpened({ error }: { readonly error: unknown }) {
  return (
    <FormProblem
      error={error}
      say={{ 'setup_link.invalid': t('setup.over'), 'setup_link.taken': t('setup.taken') }}
    />
  );
}

function Findings({ token, attemptId }: { readonly token: string; readonly attemptId: string }) {
  const api = useApi();
  const found = useQuery({
    queryKey: ['setup', token, 'attempt', attemptId],
    queryFn: async () =>
      (await api.send<typeof readSetupAttempt>('POST', `${PATH}/attempt`, { body: { token, attemptId } }))
        .data,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {(attempt) => <AttemptFindings attempt={attempt} />}
    </Answer>
  );
}

interface LastStepsProps {
  readonly token: string;
  readonly setup: SetupView;
  readonly onDone: () => void;
}

function LastSteps({ token, setup: { tests, state }, onDone }: LastStepsProps) {
  const api = useApi();
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => api.send<typeof testSetup>('POST', `${PATH}/test`, { body: { token } }),
    onSuccess: ({ data }) => {
      window.location.assign(data.startUrl);
    },
    onError: () => queries.invalidateQueries({ queryKey: ['setup', token] }),
  });
  const finish = useMutation({
    mutationFn: () => api.send<typeof finishSetup>('POST', `${PATH}/finish`, { body: { token } }),
    onSuccess: onDone,
  });
  return (
    <Section title={t('setup.step.test')} lead={t('setup.step.testLead')}>
      <div className="sso-stack">
        <FormProblem error={test.error ?? finish.error} say={{ 'setup_link.invalid': t('setup.over') }} />
        {tests.length > 0 && (
          <Table
            label={t('setup.tests')}
            rows={tests}
            keyOf={({ id }) => id}
            columns={[
              { title: t('sso.attempt.at'), cell: ({ at }) => formatMoment(at) },
              { title: t('sso.attempt.outcome'), cell: outcomeOf },
            ]}
          />
        )}
        <div className="form__actions">
          <Button
            look={state === 'tested' ? 'secondary' : 'primary'}
            isPending={test.isPending}
            onPress={() => {
              test.mutate();
            }}
          >
            {t('sso.test')}
          </Button>
          <Button
            look={state === 'tested' ? 'primary' : 'secondary'}
            isPending={finish.isPending}
            onPress={() => {
              finish.mutate();
            }}
          >
            {t('setup.finish')}
          </Button>
        </div>
      </div>
    </Section>
  );
}
