import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { register } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { useBrand, usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { AuthLayout } from './auth-layout.js';
import { fieldErrors } from './field-errors.js';
import { FormProblem } from './form-problem.js';
import { MailSent } from './mail-sent.js';
import { NewPasswordField } from './new-password-field.js';
import { passwordFault } from './password-rule.js';
import './auth-form.css';

export function RegisterPage() {
  const api = useApi();
  const brand = useBrand();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  usePageTitle(t('register.title'));
  const join = useMutation({
    mutationFn: () =>
      api.send<typeof register>('POST', '/api/v1/auth/register', { body: { name, email, password } }),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name !== '' && email !== '' && passwordFault(password) === null) join.mutate();
  };
  const errors = fieldErrors(join.error);
  const footer = (
    <>
      {t('register.haveAccount')} <Link to="/sign-in">{t('signIn.action')}</Link>
    </>
  );
  if (brand.signIn.registration === 'invite') {
    return (
      <AuthLayout title={t('register.title')} footer={footer}>
        <Notice tone="info">{t('signIn.inviteOnly')}</Notice>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={t('register.title')}
      lead={t('register.lead', { academy: brand.name })}
      footer={footer}
    >
      {join.isSuccess ? (
        <MailSent title={t('register.sent.title')}>{t('register.sent.text', { email })}</MailSent>
      ) : (
        <form className="auth-form" onSubmit={submit} noValidate>
          <FormProblem error={join.error} />
          <TextField
            label={t('field.name')}
            name="name"
            autoComplete="name"
            value={name}
            onChange={setName}
            isRequired
            error={tried && name === '' ? t('field.nameMissing') : errors['name']}
          />
          <TextField
            label={t('field.workEmail')}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            isRequired
            description={brand.signIn.registration === 'domain' ? t('register.domainOnly') : undefined}
            error={tried && email === '' ? t('field.emailMissing') : errors['email']}
          />
          <NewPasswordField
            label={t('field.password')}
            value={password}
            onChange={setPassword}
            tried={tried}
            error={errors['password']}
          />
          <Button type="submit" size="l" wide isPending={join.isPending}>
            {t('register.action')}
          </Button>
        </form>
      )}
    </AuthLayout>
  );
}
