import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { login, SignedInUser } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { PasswordField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { signInProblem } from './sign-in-problem.js';
import './auth-form.css';

interface SignInFormProps {
  readonly email?: string;
  readonly onSignedIn: (user: SignedInUser) => void;
  /** Between the password and the button. */
  readonly children?: ReactNode;
}

export function SignInForm({ email: knownEmail = '', onSignedIn, children }: SignInFormProps) {
  const api = useApi();
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const notice = useRef<HTMLDivElement>(null);
  const signIn = useMutation({
    mutationFn: async () => {
      const { data } = await api.send<typeof login>('POST', '/api/v1/auth/login', {
        body: { email, password },
      });
      api.forgetCsrfToken();
      return data.user;
    },
    onSuccess: onSignedIn,
  });
  useEffect(() => {
    if (signIn.isError) notice.current?.focus();
  }, [signIn.isError, signIn.failureCount]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (email !== '' && password !== '') signIn.mutate();
  };
  const problem = signIn.isError ? signInProblem(signIn.error) : null;
  return (
    <form className="auth-form" onSubmit={submit} noValidate>
      {problem !== null && (
        <Notice ref={notice} tone="bad" title={problem.title} live>
          {problem.text}
        </Notice>
      )}
      <TextField
        label={t('field.email')}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        value={email}
        onChange={setEmail}
        isRequired
        error={tried && email === '' ? t('field.emailMissing') : null}
      />
      <PasswordField
        label={t('field.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        error={tried && password === '' ? t('field.passwordMissing') : null}
      />
      {children}
      <Button type="submit" size="l" wide isPending={signIn.isPending}>
        {t('signIn.action')}
      </Button>
    </form>
  );
}
