import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { readLdapFlow, signInByLdap } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { PasswordField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Skeleton } from '../design/skeleton.js';
import { type MessageKey, t } from '../language/t.js';
import { AuthLayout } from '../session/auth-layout.js';
import '../session/auth-form.css';

/** Name and password of a directory: a directory has no page of its own to lead a browser to. */
export function DirectorySignInPage() {
  const api = useApi();
  const { connectionId } = useParams({ from: '/sign-in/directory/$connectionId' });
  const [flow] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('flow') ?? '');
  usePageTitle(t('ldap.signIn.title'));
  const begun = useQuery({
    queryKey: ['ldap-flow', connectionId, flow],
    queryFn: async () =>
      (
        await api.send<typeof readLdapFlow>('POST', `/api/v1/auth/ldap/${connectionId}/flow`, {
          body: { flow },
        })
      ).data,
    retry: false,
    staleTime: Infinity,
  });
  const isTest = begun.data?.purpose === 'test';
  return (
    <AuthLayout
      title={t(isTest ? 'ldap.signIn.test' : 'ldap.signIn.title')}
      lead={
        begun.data === undefined
          ? ''
          : t(isTest ? 'ldap.signIn.testLead' : 'ldap.signIn.lead', { connection: begun.data.connection })
      }
      footer={<Link to="/sign-in">{t('ldap.signIn.elsewhere')}</Link>}
    >
      {begun.isPending && <Skeleton className="skeleton--list" />}
      {begun.isError && (
        <Notice tone="bad" title={t('sso.problem.title')} live>
          {t('ldap.signIn.over')}
        </Notice>
      )}
      {begun.data !== undefined && <Fields connectionId={connectionId} flow={flow} />}
    </AuthLayout>
  );
}

function Fields({ connectionId, flow }: { readonly connectionId: string; readonly flow: string }) {
  const api = useApi();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const attempt = useMutation({
    mutationFn: () =>
      api.send<typeof signInByLdap>('POST', `/api/v1/auth/ldap/${connectionId}/sign-in`, {
        body: { flow, username, password },
      }),
    onSuccess: ({ data }) => {
      window.location.assign(data.next);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (username.trim() !== '' && password.trim() !== '') attempt.mutate();
  };
  return (
    <form className="auth-form" onSubmit={submit} noValidate>
      {attempt.isError && (
        <Notice tone="bad" title={t('sso.problem.title')} live>
          {t(problemOf(attempt.error))}
        </Notice>
      )}
      <TextField
        label={t('ldap.signIn.name')}
        name="username"
        autoComplete="username"
        spellCheck="false"
        value={username}
        onChange={setUsername}
        isRequired
        error={tried && username.trim() === '' ? t('ldap.signIn.nameMissing') : null}
      />
      <PasswordField
        label={t('ldap.signIn.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        error={tried && password.trim() === '' ? t('ldap.signIn.passwordMissing') : null}
      />
      <Button type="submit" size="l" wide isPending={attempt.isPending || attempt.isSuccess}>
        {t('ldap.signIn.action')}
      </Button>
    </form>
  );
}

const problems: Readonly<Record<string, MessageKey>> = {
  'auth.invalid_credentials': 'ldap.signIn.wrong',
  'auth.directory_account_held': 'ldap.signIn.held',
  'auth.directory_password_change': 'ldap.signIn.change',
  'auth.directory_unavailable': 'ldap.signIn.away',
  'auth.locked': 'ldap.signIn.locked',
  'auth.sso_refused': 'ldap.signIn.over',
};

function problemOf(error: unknown): MessageKey {
  return (isProblem(error) ? problems[error.code] : undefined) ?? 'sso.problem.text';
}
