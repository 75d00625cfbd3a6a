import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { resetPassword } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';
import { fieldErrors } from './field-errors.js';
import { FormProblem } from './form-problem.js';
import { linkToken } from './link-token.js';
import { NewPasswordField } from './new-password-field.js';
import { passwordFault } from './password-rule.js';
import './auth-form.css';

export function ResetPasswordPage() {
  const api = useApi();
  const token = linkToken(useLocation().hash);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  usePageTitle(t('reset.title'));
  const reset = useMutation({
    mutationFn: (body: { token: string; password: string }) =>
      api.send<typeof resetPassword>('POST', '/api/v1/auth/reset-password', { body }),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (token !== null && passwordFault(password) === null) reset.mutate({ token, password });
  };
  if (reset.isSuccess) {
    return (
      <AuthLayout title={t('reset.done.title')} lead={t('reset.done.text')}>
        <ButtonLink to="/sign-in" size="l" wide>
          {t('signIn.action')}
        </ButtonLink>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={t('reset.title')}
      lead={t('reset.lead')}
      footer={<Link to="/forgot-password">{t('reset.newLink')}</Link>}
    >
      {token === null ? (
        <Notice tone="warn" title={t('link.missing.title')}>
          {t('link.missing.text')}
        </Notice>
      ) : (
        <form className="auth-form" onSubmit={submit} noValidate>
          <FormProblem error={reset.error} />
          <NewPasswordField
            value={password}
            onChange={setPassword}
            tried={tried}
            error={fieldErrors(reset.error)['password']}
          />
          <Button type="submit" size="l" wide isPending={reset.isPending}>
            {t('reset.action')}
          </Button>
        </form>
      )}
    </AuthLayout>
  );
}
