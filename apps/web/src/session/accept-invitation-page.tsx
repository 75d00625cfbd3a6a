import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { acceptInvitation, readInvitation } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';
import { fieldErrors } from './field-errors.js';
import { FormProblem } from './form-problem.js';
import { linkToken } from './link-token.js';
import { NewPasswordField } from './new-password-field.js';
import { passwordFault } from './password-rule.js';
import { sessionQuery } from './session.queries.js';
import './auth-form.css';

export function AcceptInvitationPage() {
  const api = useApi();
  const brand = useBrand();
  const token = linkToken(useLocation().hash);
  usePageTitle(t('invitation.title', { academy: brand.name }));
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: async () => {
      const body = { token: token ?? '' };
      return (await api.send<typeof readInvitation>('POST', '/api/v1/auth/read-invitation', { body })).data;
    },
    enabled: token !== null,
    staleTime: Infinity,
    retry: false,
  });
  const refused = token === null || invitation.isError;
  return (
    <AuthLayout
      title={t('invitation.title', { academy: brand.name })}
      lead={refused ? undefined : t('invitation.lead')}
      footer={<Link to="/sign-in">{t('signIn.back')}</Link>}
    >
      {refused && (
        <Notice tone="warn" title={t('link.missing.title')}>
          {t('invitation.refused')}
        </Notice>
      )}
      {!refused && invitation.isPending && (
        <Loading>
          <Skeleton className="skeleton--auth" />
        </Loading>
      )}
      {token !== null && invitation.isSuccess && (
        <AcceptForm token={token} email={invitation.data.email} invitedName={invitation.data.name} />
      )}
    </AuthLayout>
  );
}

interface AcceptFormProps {
  readonly token: string;
  readonly email: string;
  readonly invitedName: string;
}

function AcceptForm({ token, email, invitedName }: AcceptFormProps) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(invitedName);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      api.send<typeof acceptInvitation>('POST', '/api/v1/auth/accept-invitation', {
        body: { token, password, name },
      }),
    onSuccess: async () => {
      api.forgetCsrfToken();
      await queries.query({ ...sessionQuery(api), staleTime: 0 });
      await navigate({ to: '/' });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name !== '' && passwordFault(password) === null) accept.mutate();
  };
  const errors = fieldErrors(accept.error);
  return (
    <form className="auth-form" onSubmit={submit} noValidate>
      <FormProblem error={accept.error} />
      <TextField label={t('field.email')} type="email" autoComplete="username" value={email} isReadOnly />
      <TextField
        label={t('field.name')}
        name="name"
        autoComplete="name"
        value={name}
        onChange={setName}
        isRequired
        error={tried && name === '' ? t('field.nameMissing') : errors['name']}
      />
      <NewPasswordField value={password} onChange={setPassword} tried={tried} error={errors['password']} />
      <Button type="submit" size="l" wide isPending={accept.isPending}>
        {t('invitation.action')}
      </Button>
    </form>
  );
}
