import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { forgotPassword } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';
import { fieldErrors } from './field-errors.js';
import './auth-form.css';
import { FormProblem } from './form-problem.js';
import { MailSent } from './mail-sent.js';

export function ForgotPasswordPage() {
  const api = useApi();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  usePageTitle(t('forgot.title'));
  const ask = useMutation({
    mutationFn: () =>
      api.send<typeof forgotPassword>('POST', '/api/v1/auth/forgot-password', { body: { email } }),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (email !== '') ask.mutate();
  };
  const errors = fieldErrors(ask.error);
  return (
    <AuthLayout
      title={t('forgot.title')}
      lead={t('forgot.lead')}
      footer={!ask.isSuccess && <Link to="/sign-in">{t('signIn.back')}</Link>}
    >
      {ask.isSuccess ? (
        <MailSent title={t('forgot.sent.title')}>{t('forgot.sent.text', { email })}</MailSent>
      ) : (
        <form className="auth-form" onSubmit={submit} noValidate>
          <FormProblem error={ask.error} />
          <TextField
            label={t('field.email')}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            isRequired
            error={tried && email === '' ? t('field.emailMissing') : errors['email']}
          />
          <Button type="submit" size="l" wide isPending={ask.isPending}>
            {t('forgot.action')}
          </Button>
        </form>
      )}
    </AuthLayout>
  );
}
